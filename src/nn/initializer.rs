//! Initializers: how the first weights are drawn, as Keras and PyTorch define them. Seeded, a stream a layer.

use std::fmt;
use std::str::FromStr;

use super::architecture::Architecture;
use super::name::{self, Name, NameError, NameKind};
use crate::num::stream::{Purpose, Stream};

/// How the first weights are drawn; biases are 0 unless the initializer says otherwise. Chosen by name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Initializer {
    index: usize,
    number: f64,
}

/// In the order of [`LAWS`].
const NAMES: [Name; 15] = [
    Name::plain("glorot_uniform"),
    Name::plain("glorot_normal"),
    Name::plain("he_uniform"),
    Name::plain("he_normal"),
    Name::plain("lecun_uniform"),
    Name::plain("lecun_normal"),
    Name::plain("torch").also(&["pytorch"]),
    Name::plain("xavier_uniform"),
    Name::plain("xavier_normal"),
    Name::plain("kaiming_uniform"),
    Name::plain("kaiming_normal"),
    Name::with("uniform", 0.05, true),
    Name::with("normal", 0.05, true),
    Name::with("constant", 0.0, false),
    Name::plain("zeros"),
];

/// What a weight's variance is measured by: the inputs of its layer, or the mean of inputs and outputs.
#[derive(Clone, Copy)]
enum Fan {
    In,
    Mean,
}

/// A distribution; the variance is the factor over the fan.
#[derive(Clone, Copy)]
enum Law {
    /// Evenly between two limits.
    Uniform(f64, Fan),
    /// Normal, drawn again beyond two standard deviations, and widened so that the variance is right after that.
    Truncated(f64, Fan),
    /// Normal.
    Normal(f64, Fan),
    /// PyTorch's `Linear`: weights and biases evenly within `1/√in`.
    Torch,
    /// Evenly within the number.
    Within,
    /// Normal with the number as standard deviation.
    Deviation,
    /// The number.
    Constant,
}

/// Keras' definitions, PyTorch's, and what both have.
const LAWS: [Law; 15] = [
    Law::Uniform(1.0, Fan::Mean),
    Law::Truncated(1.0, Fan::Mean),
    Law::Uniform(2.0, Fan::In),
    Law::Truncated(2.0, Fan::In),
    Law::Uniform(1.0, Fan::In),
    Law::Truncated(1.0, Fan::In),
    Law::Torch,
    Law::Uniform(1.0, Fan::Mean),
    Law::Normal(1.0, Fan::Mean),
    Law::Uniform(2.0, Fan::In),
    Law::Normal(2.0, Fan::In),
    Law::Within,
    Law::Deviation,
    Law::Constant,
    Law::Constant,
];

/// The standard deviation of a normal distribution that ends at two of its own.
const TRUNCATED: f64 = 0.879_625_661_034_239_8;

impl Default for Initializer {
    /// Keras' default, Glorot's uniform one.
    fn default() -> Self {
        Self { index: 0, number: 0.0 }
    }
}

impl Initializer {
    /// The names, each of which can be read.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|name| name.name)
    }

    /// The name, without a number.
    pub fn name(self) -> &'static str {
        NAMES[self.index].name
    }

    /// The first parameters of a net, in its flat order. The weights of a layer belong to (seed, layer): they do not
    /// depend on the layers behind it.
    pub fn parameters(self, architecture: &Architecture, seed: u64) -> Vec<f64> {
        let mut all = vec![0.0; architecture.parameters()];
        let mut stream = Stream::new(seed, Purpose::Weights);
        for (layer, own) in architecture.layers.iter().enumerate() {
            let fan_in = architecture.inputs_of(layer) as f64;
            let mean = 0.5 * (fan_in + own.units as f64);
            let index = layer as u64;
            let (from, bias) = (architecture.weight(layer).start, architecture.bias(layer));
            let spread = |factor: f64, fan: Fan| (factor / if let Fan::In = fan { fan_in } else { mean }).sqrt();
            let weights = &mut all[from..bias.start];
            match LAWS[self.index] {
                // Evenly within a limit the variance is a third of its square.
                Law::Uniform(factor, fan) => evenly(&mut stream, index, weights, spread(3.0 * factor, fan)),
                Law::Normal(factor, fan) => normally(&mut stream, index, weights, spread(factor, fan)),
                Law::Truncated(factor, fan) => {
                    truncated(&mut stream, index, weights, spread(factor, fan) / TRUNCATED);
                }
                Law::Torch => evenly(&mut stream, index, &mut all[from..bias.end], 1.0 / fan_in.sqrt()),
                Law::Within => evenly(&mut stream, index, weights, self.number),
                Law::Deviation => normally(&mut stream, index, weights, self.number),
                Law::Constant => weights.fill(self.number),
            }
        }
        all
    }
}

fn evenly(stream: &mut Stream, index: u64, out: &mut [f64], limit: f64) {
    stream.uniform(index, out);
    out.iter_mut().for_each(|x| *x = limit * (2.0 * *x - 1.0));
}

fn normally(stream: &mut Stream, index: u64, out: &mut [f64], deviation: f64) {
    stream.normal(index, out);
    out.iter_mut().for_each(|x| *x *= deviation);
}

/// Normal numbers of which those beyond two standard deviations are left out.
fn truncated(stream: &mut Stream, index: u64, out: &mut [f64], deviation: f64) {
    let mut drawn = out.len() + out.len() / 8 + 32;
    loop {
        let mut numbers = vec![0.0; drawn];
        // A longer vector begins with the numbers of a shorter one, so how long it is does not matter.
        stream.normal(index, &mut numbers);
        let mut kept = numbers.into_iter().filter(|x| x.abs() <= 2.0);
        if out.iter_mut().all(|x| kept.next().map(|number| *x = deviation * number).is_some()) {
            return;
        }
        drawn *= 2;
    }
}

impl FromStr for Initializer {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (index, number) = name::read(NameKind::Initializer, &NAMES, text)?;
        Ok(Self { index, number })
    }
}

impl fmt::Display for Initializer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        if NAMES[self.index].number.is_some() { write!(f, ":{}", self.number) } else { Ok(()) }
    }
}
