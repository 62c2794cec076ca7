//! Models between the form of a file and a document.

use std::sync::Arc;

use super::Problem;
use super::file::{seed, seed_form};
use super::form::{ModelForm, SampleForm};
use crate::session::Refusal;
use crate::surface::model::find_model;
use crate::surface::{ModelChoice, ModelError, Sample};

/// What a file says of a model. Points that are as drawn are not written down.
pub(super) fn form(choice: &ModelChoice) -> ModelForm {
    let own = choice.known().ok().map(|entry| entry.sample());
    let Sample { count, noise, seed } = choice.sample;
    ModelForm {
        id: choice.entry.clone(),
        prediction: choice.prediction.clone(),
        loss: choice.loss.clone(),
        points: (!choice.is_as_drawn()).then(|| choice.points.to_vec()),
        sample: (own != Some(choice.sample)).then(|| SampleForm { count, noise, seed: seed_form(seed) }),
    }
}

/// The model of a file; whether its points can be is for the session to say.
pub(super) fn choice(form: ModelForm) -> Result<ModelChoice, Problem> {
    let entry = find_model(&form.id).map_err(|unknown| Refusal::from(ModelError::Unknown(unknown)))?;
    let sample = match form.sample {
        None => entry.sample(),
        Some(SampleForm { count, noise, seed: digits }) => {
            if count > ModelChoice::MAX_POINTS {
                let too_many = ModelError::TooManyPoints { found: count, limit: ModelChoice::MAX_POINTS };
                return Err(Refusal::from(too_many).into());
            }
            Sample { count, noise, seed: seed(digits)? }
        }
    };
    let points = form.points.unwrap_or_else(|| entry.draw(&sample));
    Ok(ModelChoice { entry: form.id, prediction: form.prediction, loss: form.loss, points: Arc::new(points), sample })
}
