//! Rows of numbers with their targets, as a net is trained on them. Knows no loss: how targets are read is said in
//! [`super::targets`].

use std::sync::Arc;

use super::precision::Real;

/// Rows with their targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// The inputs of each row.
    pub features: Features,
    /// What is wanted of each row.
    pub targets: Targets,
}

/// The inputs of the rows, row-major.
#[derive(Clone, Debug, PartialEq)]
pub struct Features {
    /// The names of the inputs; as many as there are inputs.
    pub names: Vec<String>,
    /// `rows × inputs`.
    pub values: Values,
}

/// Numbers, or pixels that mean value/255.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// As they are.
    Numbers(Vec<f64>),
    /// Each means value/255.
    Pixels(Vec<u8>),
}

/// What is wanted of the rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Targets {
    /// Numbers, `rows × cols`.
    Numbers {
        /// How many a row.
        cols: usize,
        /// Row-major.
        values: Vec<f64>,
    },
    /// Classes.
    Classes {
        /// Their names.
        names: Vec<String>,
        /// A row's class, below the number of names.
        labels: Vec<u32>,
    },
}

/// Rows to train with and rows to test with.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// To train with.
    pub train: Arc<Dataset>,
    /// To test with; perhaps none.
    pub test: Arc<Dataset>,
}

impl Dataset {
    /// How many inputs a row has.
    pub fn inputs(&self) -> usize {
        self.features.names.len()
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        match &self.targets {
            Targets::Numbers { cols, values } => values.len() / (*cols).max(1),
            Targets::Classes { labels, .. } => labels.len(),
        }
    }

    /// The inputs of a row.
    ///
    /// # Panics
    /// When there is no such row, or `out` is shorter than a row.
    pub fn row(&self, row: usize, out: &mut [f64]) {
        let inputs = self.inputs();
        self.write(row, &mut out[..inputs]);
    }

    /// The inputs of several rows, one after the other.
    ///
    /// # Panics
    /// When there is no such row, or `out` is too short.
    pub fn gather<T: Real>(&self, rows: &[u32], out: &mut [T]) {
        for (&row, out) in rows.iter().zip(out.chunks_exact_mut(self.inputs().max(1))) {
            self.write(row as usize, out);
        }
    }

    /// The inputs of a row in a precision.
    fn write<T: Real>(&self, row: usize, out: &mut [T]) {
        let own = row * out.len()..(row + 1) * out.len();
        match &self.features.values {
            Values::Numbers(values) => {
                for (out, &value) in out.iter_mut().zip(&values[own]) {
                    *out = T::of(value);
                }
            }
            Values::Pixels(values) => T::of_pixels(&values[own], out),
        }
    }
}
