//! What the commands about models do: their texts, their points, the mini-batches.

use std::sync::Arc;

use super::SurfaceChoice;
use super::draft::Draft;
use super::edit::Edit;
use super::refusal::Refusal;
use crate::surface::model::{DataPoint, find_model};
use crate::surface::{ModelChoice, ModelError, Sample};

impl Edit<'_> {
    pub(super) fn choose_model(&mut self, id: &str) -> Result<(), Refusal> {
        let entry = find_model(id).map_err(ModelError::Unknown)?;
        let choice = ModelChoice::of(entry);
        let surface = choice.surface()?;
        self.document.surface = SurfaceChoice::Model(choice);
        self.document.picture.heights = surface.scale.into();
        self.settle(&surface);
        Ok(())
    }

    /// The text of the prediction, or that of the loss, has changed. Whether a model is chosen at all.
    pub(super) fn set_model_text(&mut self, text: String, of: ModelText) -> Result<bool, Refusal> {
        let SurfaceChoice::Model(choice) = &self.document.surface else { return Ok(false) };
        let entry = choice.known()?;
        let (draft, own) = match of {
            ModelText::Prediction => (&mut self.drafts.prediction, &entry.prediction),
            ModelText::Loss => (&mut self.drafts.formula, &entry.loss),
        };
        *draft = None;
        let mut next = choice.clone();
        let kept = (text.trim() != own.trim()).then(|| text.clone());
        match of {
            ModelText::Prediction => next.prediction = kept,
            ModelText::Loss => next.loss = kept,
        }
        match next.surface() {
            Ok(surface) => {
                let document = &mut self.document;
                document.surface = SurfaceChoice::Model(next);
                document.params.retain(|name, _| surface.formula.params.iter().any(|param| param.name == *name));
                if surface.variables != self.before.surface.variables {
                    self.settle(&surface);
                }
            }
            // A parameter that the other text no longer finds is said where one is typing.
            Err(ModelError::Prediction { problems, .. } | ModelError::Loss { problems, .. }) => {
                *draft = Some(Draft { text, problems });
            }
            Err(other) => return Err(other.into()),
        }
        Ok(true)
    }

    /// The points of the model, to be changed.
    pub(super) fn points(&mut self) -> Result<&mut Vec<DataPoint>, Refusal> {
        Ok(Arc::make_mut(&mut self.model()?.points))
    }

    /// The point of a row, to be changed.
    pub(super) fn point(&mut self, row: usize) -> Result<&mut DataPoint, Refusal> {
        let points = self.points()?;
        let count = points.len();
        points.get_mut(row).ok_or_else(|| ModelError::NoPoint { row, count }.into())
    }

    pub(super) fn remove_point(&mut self, row: usize) -> Result<(), Refusal> {
        self.point(row)?;
        self.points()?.remove(row);
        Ok(())
    }

    pub(super) fn draw_points(&mut self, sample: Sample) -> Result<(), Refusal> {
        let choice = self.model()?;
        if sample.count > ModelChoice::MAX_POINTS {
            return Err(ModelError::TooManyPoints { found: sample.count, limit: ModelChoice::MAX_POINTS }.into());
        }
        choice.points = Arc::new(choice.known()?.draw(&sample));
        choice.sample = sample;
        Ok(())
    }

    fn model(&mut self) -> Result<&mut ModelChoice, Refusal> {
        match &mut self.document.surface {
            SurfaceChoice::Model(choice) => Ok(choice),
            _ => Err(Refusal::NoData),
        }
    }
}

/// Which text of a model.
#[derive(Clone, Copy)]
pub(super) enum ModelText {
    Prediction,
    Loss,
}
