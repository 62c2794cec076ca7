//! The choice of a model: an entry of the catalogue, its texts or texts of the user's own, and the points.

use std::sync::Arc;

use super::{DataPoint, Model, ModelEntry, ModelError, Sample, Target, find_model};
use crate::surface::Surface;

/// All that decides a model with its data.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelChoice {
    /// The entry of the catalogue that it began with: name, axes, kind of target, and how new points are drawn.
    pub entry: String,
    /// A prediction of the user's own; none for the entry's.
    pub prediction: Option<String>,
    /// A loss of the user's own; none for the entry's.
    pub loss: Option<String>,
    /// The points.
    pub points: Arc<Vec<DataPoint>>,
    /// How points were drawn last, and how the next ones are.
    pub sample: Sample,
}

impl ModelChoice {
    /// The most points: a field of losses over them is still made while one waits.
    pub const MAX_POINTS: usize = 10_000;

    /// An entry with its own points.
    pub fn of(entry: &ModelEntry) -> Self {
        let sample = entry.sample();
        let points = Arc::new(entry.draw(&sample));
        Self { entry: entry.id.clone(), prediction: None, loss: None, points, sample }
    }

    /// The entry.
    ///
    /// # Errors
    /// If there is none of that name.
    pub fn known(&self) -> Result<&'static ModelEntry, ModelError> {
        find_model(&self.entry).map_err(ModelError::Unknown)
    }

    /// Whether the points are those of the sample, so that nobody need write them down.
    pub fn is_as_drawn(&self) -> bool {
        self.known().is_ok_and(|entry| entry.draw(&self.sample) == *self.points)
    }

    /// The loss as a surface over the parameters, without its minima, which may depend on parameters of the text
    /// ([`Surface::find_minima`]).
    ///
    /// # Errors
    /// What is wrong with the texts or the points.
    pub fn surface(&self) -> Result<Surface, ModelError> {
        let entry = self.known()?;
        self.check(entry.target)?;
        let prediction = self.prediction.as_deref().unwrap_or(&entry.prediction);
        let loss = self.loss.as_deref().unwrap_or(&entry.loss);
        let texts = super::build::read(prediction, loss)?;
        let column = |k: usize| self.points.iter().map(|point| point[k]).collect();
        let model = Model {
            entry: entry.id.clone(),
            prediction: prediction.to_owned(),
            body: texts.prediction.clone(),
            target: entry.target,
            columns: vec![column(0), column(1)],
        };
        let own = self.prediction.is_none() && self.loss.is_none();
        super::build::surface(entry, own, loss, texts, model)
    }

    fn check(&self, target: Target) -> Result<(), ModelError> {
        if self.points.len() > Self::MAX_POINTS {
            return Err(ModelError::TooManyPoints { found: self.points.len(), limit: Self::MAX_POINTS });
        }
        for (row, point) in self.points.iter().enumerate() {
            if let Some(&value) = point.iter().find(|value| !value.is_finite()) {
                return Err(ModelError::Point { row, value });
            }
            if target == Target::Class && point[1] != 0.0 && point[1] != 1.0 {
                return Err(ModelError::Class { row, value: point[1] });
            }
        }
        Ok(())
    }
}
