//! Where the marks of a view are on the screen, for the pointer that looks for them: on a map, above a curve, in space.

use egui::Pos2;

use crate::app::views::{CurveScene, GroundMarks, GroundPart, Plane, Shaft, Space, StepMarks};

/// Where a ball is seen.
pub(super) enum BallSight {
    /// Its middle.
    Here(Pos2),
    /// The arrow at the edge that says where it went.
    Gone(Pos2),
}

/// A view with marks on it.
pub(super) trait Sight {
    /// Where a place of the data is seen: on a curve its second coordinate is the loss.
    fn place(&self, place: [f64; 2]) -> Option<Pos2>;
    /// Where a ball at a place is seen.
    fn ball(&self, place: [f64; 2], selected: bool) -> Option<BallSight>;
    /// The arrows of the step.
    fn arrows<'m>(&self, step: &'m StepMarks) -> Vec<Shaft<'m>>;
    /// What is drawn of the ground at the ball.
    fn ground(&self, marks: &GroundMarks) -> Vec<GroundPart>;
}

/// A map with the levels of its contour lines.
pub(super) struct OnMap<'a>(pub Plane, pub &'a [f64]);

/// A curve.
pub(super) struct OnCurve(pub Plane);

fn on_plane(plane: Plane, [x, y]: [f64; 2]) -> BallSight {
    plane.exit(x, y, 14.0).map_or_else(|| BallSight::Here(plane.to_screen(x, y)), |(at, _)| BallSight::Gone(at))
}

impl Sight for OnMap<'_> {
    fn place(&self, [x, y]: [f64; 2]) -> Option<Pos2> {
        Some(self.0.to_screen(x, y))
    }

    fn ball(&self, place: [f64; 2], _: bool) -> Option<BallSight> {
        Some(on_plane(self.0, place))
    }

    fn arrows<'m>(&self, step: &'m StepMarks) -> Vec<Shaft<'m>> {
        step.shafts_on_map(self.0)
    }

    fn ground(&self, marks: &GroundMarks) -> Vec<GroundPart> {
        marks.on_map(self.0, self.1)
    }
}

impl Sight for OnCurve {
    fn place(&self, [x, y]: [f64; 2]) -> Option<Pos2> {
        Some(self.0.to_screen(x, y))
    }

    fn ball(&self, place: [f64; 2], _: bool) -> Option<BallSight> {
        Some(on_plane(self.0, place))
    }

    fn arrows<'m>(&self, step: &'m StepMarks) -> Vec<Shaft<'m>> {
        step.shafts_on_curve(self.0, CurveScene::LIFT)
    }

    fn ground(&self, marks: &GroundMarks) -> Vec<GroundPart> {
        marks.on_curve(self.0)
    }
}

impl Sight for Space<'_> {
    fn place(&self, place: [f64; 2]) -> Option<Pos2> {
        self.sight(place)
    }

    fn ball(&self, place: [f64; 2], selected: bool) -> Option<BallSight> {
        match self.resting(place, selected) {
            Some(at) => Some(BallSight::Here(at)),
            None => self.exit(place).map(|(at, _)| BallSight::Gone(at)),
        }
    }

    fn arrows<'m>(&self, step: &'m StepMarks) -> Vec<Shaft<'m>> {
        self.shafts(step)
    }

    fn ground(&self, marks: &GroundMarks) -> Vec<GroundPart> {
        self.ground_parts(marks)
    }
}
