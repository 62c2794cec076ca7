//! The two precisions in which a net computes.

use std::fmt;
use std::str::FromStr;

use super::checkpoint::Numbers;
use super::name::{self, Name, NameError, NameKind};
use crate::autodiff::Element;

/// The numbers in which a net computes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// Single: what frameworks train with.
    #[default]
    F32,
    /// Double.
    F64,
}

const NAMES: [Name; 2] =
    [Name::plain("f32").also(&["float32", "single"]), Name::plain("f64").also(&["float64", "double"])];

impl FromStr for Precision {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (at, _) = name::read(NameKind::Precision, &NAMES, text)?;
        Ok([Self::F32, Self::F64][at])
    }
}

impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::F32 => "f32",
            Self::F64 => "f64",
        })
    }
}

/// A number in which a net computes.
pub trait Real: Element {
    /// Pixels as numbers: value/255, rounded once.
    fn of_pixels(pixels: &[u8], out: &mut [Self]);

    /// Numbers of this precision, kept.
    fn keep(values: &[Self]) -> Numbers;

    /// Kept numbers in this precision.
    fn kept(numbers: &Numbers) -> Vec<Self>;
}

impl Real for f32 {
    fn of_pixels(pixels: &[u8], out: &mut [Self]) {
        for (out, &pixel) in out.iter_mut().zip(pixels) {
            *out = Self::from(pixel) / 255.0;
        }
    }

    fn keep(values: &[Self]) -> Numbers {
        Numbers::F32(values.to_vec())
    }

    fn kept(numbers: &Numbers) -> Vec<Self> {
        match numbers {
            Numbers::F32(values) => values.clone(),
            Numbers::F64(values) => values.iter().map(|&value| value as Self).collect(),
        }
    }
}

impl Real for f64 {
    fn of_pixels(pixels: &[u8], out: &mut [Self]) {
        for (out, &pixel) in out.iter_mut().zip(pixels) {
            *out = Self::from(pixel) / 255.0;
        }
    }

    fn keep(values: &[Self]) -> Numbers {
        Numbers::F64(values.to_vec())
    }

    fn kept(numbers: &Numbers) -> Vec<Self> {
        match numbers {
            Numbers::F32(values) => values.iter().map(|&value| Self::from(value)).collect(),
            Numbers::F64(values) => values.clone(),
        }
    }
}
