//! The files of weights: read, and written whole or not at all.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::explain;
use crate::i18n::{Lang, fill};
use crate::nn::{Architecture, Precision, from_safetensors, to_json, to_safetensors};

/// The first weights from a file.
pub(super) fn weights(path: &Path, net: &Architecture, lang: Lang) -> Result<Vec<f64>, Failure> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::Input(fill(lang, "cli.unreadable", &[("path", &path.display()), ("cause", error)]))
    };
    // What a net of this size can be in double precision, and room for names.
    let limit = (net.parameters() as u64).saturating_mul(8).saturating_add(64 << 20);
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
    read.map_err(|error| failed(&error))?;
    if bytes.len() as u64 > limit {
        return Err(failed(&io::Error::from(io::ErrorKind::FileTooLarge)));
    }
    from_safetensors(net, &bytes)
        .map_err(|error| Failure::Input(format!("{}: {}", path.display(), explain::tensors(lang, &error))))
}

/// The files that are written at the end.
pub(super) struct Files {
    weights: Option<Output>,
    gradient: Option<Output>,
    model: Option<Output>,
}

impl Files {
    /// Opens the files for weights, gradient and model.
    pub(super) fn open(paths: [&Option<PathBuf>; 3], lang: Lang) -> Result<Self, Failure> {
        let open = |path: &Option<PathBuf>| path.as_deref().map(|path| Output::create(path, lang)).transpose();
        let [weights, gradient, model] = paths;
        Ok(Self { weights: open(weights)?, gradient: open(gradient)?, model: open(model)? })
    }

    /// Whether somebody wants the gradient.
    pub(super) fn wants_gradient(&self) -> bool {
        self.gradient.is_some()
    }

    /// Whether somebody wants the weights.
    pub(super) fn wants_weights(&self) -> bool {
        self.weights.is_some() || self.model.is_some()
    }

    /// Writes them.
    pub(super) fn write(
        self,
        (net, precision): (&Architecture, Precision),
        weights: &[f64],
        gradient: Option<&[f64]>,
        lang: Lang,
    ) -> Result<(), Failure> {
        let bytes = |values: &[f64]| {
            to_safetensors(net, values, precision).map_err(|error| Failure::Machine(explain::tensors(lang, &error)))
        };
        let whole = |output: Option<Output>, bytes: Vec<u8>| {
            output.map_or(Ok(()), |mut output| output.write(&bytes).and_then(|()| output.finish()))
        };
        if self.weights.is_some() {
            whole(self.weights, bytes(weights)?)?;
        }
        if let Some(gradient) = gradient {
            whole(self.gradient, bytes(gradient)?)?;
        }
        whole(self.model, format!("{}\n", to_json(net, weights)).into_bytes())
    }
}
