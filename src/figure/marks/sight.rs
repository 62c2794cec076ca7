//! Where marks are seen: from places of the data to the page.

use std::cell::RefCell;

use super::{Corner, Iterate, OnTangent, Spot};
use crate::figure::frame::Plane;
use crate::figure::track::Track;
use crate::objective::Evaluator;

/// A curve that can be asked.
pub(in crate::figure) struct CurveSight<'a>(RefCell<&'a mut Evaluator>);

impl<'a> CurveSight<'a> {
    pub(in crate::figure) fn new(evaluator: &'a mut Evaluator) -> Self {
        Self(RefCell::new(evaluator))
    }

    /// Value and slope at a place.
    pub(in crate::figure) fn at(&self, x: f64) -> [f64; 2] {
        let mut slope = [f64::NAN];
        let value = self.0.borrow_mut().gradient(&[x], &mut slope);
        [value, slope[0]]
    }
}

/// What marks need to find their place.
pub(in crate::figure) struct Sight<'a> {
    /// From a place of the data to the page; none where it is not seen.
    pub place: Box<dyn Fn([f64; 2]) -> Option<[f64; 2]> + 'a>,
    /// The ways of the racers.
    pub tracks: &'a [Track],
    /// The curve, of one variable.
    pub curve: Option<&'a CurveSight<'a>>,
    /// Points of the page per unit of the data, on a plane.
    pub scale: [f64; 2],
    /// The bottom of the data on the page.
    pub floor: f64,
}

impl<'a> Sight<'a> {
    /// On a plane.
    pub(in crate::figure) fn plane(plane: &'a Plane, tracks: &'a [Track], curve: Option<&'a CurveSight<'a>>) -> Self {
        let place = Box::new(|at: [f64; 2]| at.iter().all(|v| v.is_finite()).then(|| plane.place(at)));
        Self { place, tracks, curve, scale: plane.scale(), floor: plane.frame.bottom }
    }

    /// The place of the data that a spot means.
    pub(in crate::figure) fn data(&self, spot: Spot) -> Option<[f64; 2]> {
        let iterate = |racer: usize, step: usize| {
            let points = &self.tracks.get(racer)?.points;
            points.get(step).or(points.last()).copied()
        };
        Some(match spot {
            Spot::At(at) => at,
            Spot::On(x) => [x, self.curve?.at(x)[0]],
            Spot::Iterate(Iterate { racer, step, .. }) => iterate(racer, step)?,
            Spot::Tangent(OnTangent { tangent, x }) => {
                let [value, slope] = self.curve?.at(tangent);
                [x, value + slope * (x - tangent)]
            }
            Spot::Corner(Corner { under, beside }) => [iterate(0, under)?[0], iterate(0, beside)?[1]],
        })
    }

    /// The place on the page that a spot means.
    pub(in crate::figure) fn page(&self, spot: Spot, unit: f64) -> Option<[f64; 2]> {
        let [x, y] = (self.place)(self.data(spot)?)?;
        let shift = match spot {
            Spot::Iterate(iterate) => iterate.shift,
            _ => [0.0, 0.0],
        };
        Some([x + shift[0] * unit, y + shift[1] * unit])
    }
}
