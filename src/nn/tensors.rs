//! Parameters as safetensors, as every framework reads them: `layers.0.weight` of shape `[out, in]`, `layers.0.bias` of
//! shape `[out]`, `layers.1.weight` … Bytes only; whose files they are is not known here.

use safetensors::{Dtype, SafeTensors, View, serialize};

use super::architecture::Architecture;
use super::precision::Precision;

/// Why bytes are not the parameters of a net.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TensorsError {
    /// No safetensors at all.
    #[error("{0}")]
    Unreadable(String),
    /// A tensor is not there.
    #[error("`{name}` is missing")]
    Missing {
        /// Its name.
        name: String,
        /// The names that are there.
        found: Vec<String>,
    },
    /// A tensor has another shape.
    #[error("`{name}` has the shape {found:?}, not {wanted:?}")]
    Shape {
        /// Its name.
        name: String,
        /// The shape that the net has.
        wanted: Vec<usize>,
        /// The shape that it has.
        found: Vec<usize>,
    },
    /// A tensor is not of floating-point numbers.
    #[error("`{name}` is of {kind}")]
    Kind {
        /// Its name.
        name: String,
        /// What it is of.
        kind: String,
    },
    /// A tensor belongs to a layer that the net does not have.
    #[error("the net has no `{name}`")]
    TooMany {
        /// Its name.
        name: String,
    },
    /// A number is not finite.
    #[error("`{name}` holds {value}")]
    NotFinite {
        /// The tensor's name.
        name: String,
        /// The number.
        value: f64,
    },
}

/// The tensors of a net in their flat order: name, shape, place.
fn parts(net: &Architecture) -> impl Iterator<Item = (String, Vec<usize>, std::ops::Range<usize>)> {
    net.layers.iter().enumerate().flat_map(|(k, layer)| {
        let weight = (format!("layers.{k}.weight"), vec![layer.units, net.inputs_of(k)], net.weight(k));
        [weight, (format!("layers.{k}.bias"), vec![layer.units], net.bias(k))]
    })
}

/// A tensor to be written.
struct Tensor {
    kind: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

impl View for Tensor {
    fn dtype(&self) -> Dtype {
        self.kind
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> std::borrow::Cow<'_, [u8]> {
        (&self.bytes).into()
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

/// A flat vector of a net's parameters, or of their gradient, as safetensors.
///
/// # Errors
/// What the format cannot hold; nothing that a net has.
pub fn to_safetensors(net: &Architecture, values: &[f64], precision: Precision) -> Result<Vec<u8>, TensorsError> {
    let tensors: Vec<(String, Tensor)> = parts(net)
        .map(|(name, shape, place)| {
            let own = values.get(place).unwrap_or_default();
            let (kind, bytes) = match precision {
                Precision::F32 => (Dtype::F32, own.iter().flat_map(|&x| (x as f32).to_le_bytes()).collect()),
                Precision::F64 => (Dtype::F64, own.iter().flat_map(|&x| x.to_le_bytes()).collect()),
            };
            (name, Tensor { kind, shape, bytes })
        })
        .collect();
    serialize(tensors, None).map_err(|error| TensorsError::Unreadable(error.to_string()))
}

/// The flat vector of a net's parameters.
///
/// # Errors
/// What is wrong with the bytes, or how the net in them differs.
pub fn from_safetensors(net: &Architecture, bytes: &[u8]) -> Result<Vec<f64>, TensorsError> {
    let file = SafeTensors::deserialize(bytes).map_err(|error| TensorsError::Unreadable(error.to_string()))?;
    let mut names: Vec<String> = file.names().into_iter().map(str::to_owned).collect();
    names.sort();
    let mut values = vec![0.0; net.parameters()];
    for (name, wanted, place) in parts(net) {
        let Ok(tensor) = file.tensor(&name) else {
            return Err(TensorsError::Missing { name, found: names });
        };
        if tensor.shape() != wanted {
            return Err(TensorsError::Shape { name, wanted, found: tensor.shape().to_vec() });
        }
        let numbers: Vec<f64> = match tensor.dtype() {
            Dtype::F32 => tensor.data().as_chunks().0.iter().map(|&x| f64::from(f32::from_le_bytes(x))).collect(),
            Dtype::F64 => tensor.data().as_chunks().0.iter().map(|&x| f64::from_le_bytes(x)).collect(),
            other => return Err(TensorsError::Kind { name, kind: format!("{other:?}") }),
        };
        if let Some(&value) = numbers.iter().find(|x| !x.is_finite()) {
            return Err(TensorsError::NotFinite { name, value });
        }
        if let Some(own) = values.get_mut(place).filter(|own| own.len() == numbers.len()) {
            own.copy_from_slice(&numbers);
        }
        names.retain(|known| *known != name);
    }
    match names.into_iter().next() {
        Some(name) => Err(TensorsError::TooMany { name }),
        None => Ok(values),
    }
}
