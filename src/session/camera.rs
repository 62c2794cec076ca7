//! From where the relief is looked at, and how its ball moves.

/// The eye: where it stands around the relief, how near, and what it looks at. Lengths are in units of the relief's box,
/// whose longer side along the ground is 2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The direction from the middle to the eye over the ground, in degrees counterclockwise from the first axis.
    pub yaw: f64,
    /// How high the eye stands, in degrees above the ground.
    pub pitch: f64,
    /// How near: 2 shows everything twice as large.
    pub zoom: f64,
    /// What it looks at, relative to the middle of the box.
    pub target: [f64; 3],
}

impl Default for Camera {
    fn default() -> Self {
        Self { yaw: -60.0, pitch: 36.0, zoom: 1.0, target: [0.0; 3] }
    }
}

impl Camera {
    /// The least and the greatest yaw.
    pub const YAW: [f64; 2] = [-180.0, 180.0];
    /// The lowest and the highest stand of the eye: on the ground, straight above.
    pub const PITCH: [f64; 2] = [0.0, 90.0];
    /// The farthest and the nearest.
    pub const ZOOM: [f64; 2] = [0.25, 25.0];
    /// How far from the middle the eye may look, along each axis.
    pub const TARGET: f64 = 1.5;

    /// The first of its numbers that is not finite or outside its limits.
    pub(super) fn fault(&self) -> Option<f64> {
        let [x, y, z] = self.target;
        let aside = [-Self::TARGET, Self::TARGET];
        let numbers = [
            (self.yaw, Self::YAW),
            (self.pitch, Self::PITCH),
            (self.zoom, Self::ZOOM),
            (x, aside),
            (y, aside),
            (z, aside),
        ];
        numbers.into_iter().find(|(value, [low, high])| !(low..=high).contains(&value)).map(|(value, _)| value)
    }

    /// The same camera brought within its limits: a full turn leads back, and what is not a number becomes the usual.
    pub fn bounded(self) -> Self {
        let home = Self::default();
        let known = |value: f64, usual: f64| if value.is_finite() { value } else { usual };
        let yaw = known(self.yaw, home.yaw);
        Self {
            yaw: if (Self::YAW[0]..=Self::YAW[1]).contains(&yaw) {
                yaw
            } else {
                (yaw + 180.0).rem_euclid(360.0) - 180.0
            },
            pitch: known(self.pitch, home.pitch).clamp(Self::PITCH[0], Self::PITCH[1]),
            zoom: known(self.zoom, home.zoom).clamp(Self::ZOOM[0], Self::ZOOM[1]),
            target: self.target.map(|value| known(value, 0.0).clamp(-Self::TARGET, Self::TARGET)),
        }
    }

    /// The eye moved around the middle by so many degrees, along the ground and upward.
    pub fn orbited(self, yaw: f64, pitch: f64) -> Self {
        Self { yaw: self.yaw + yaw, pitch: self.pitch + pitch, ..self }.bounded()
    }

    /// Everything shown larger by a factor.
    pub fn zoomed(self, factor: f64) -> Self {
        Self { zoom: self.zoom * factor, ..self }.bounded()
    }
}

/// How the ball gets from one iterate to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// It rolls along the ground, each step in the same time.
    #[default]
    Roll,
    /// It is at one iterate, and then at the next.
    Jump,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_is_brought_within_its_limits() {
        let wild = Camera { yaw: 540.5, pitch: 95.0, zoom: f64::NAN, target: [9.0, -9.0, f64::INFINITY] };
        assert!(wild.fault().is_some());
        let tame = wild.bounded();
        assert_eq!(tame, Camera { yaw: -179.5, pitch: 90.0, zoom: 1.0, target: [1.5, -1.5, 0.0] });
        assert_eq!(tame.fault(), None);
        let home = Camera::default();
        assert_eq!((home.fault(), home.bounded()), (None, home));
        assert_eq!(home.orbited(-130.0, 70.0), Camera { yaw: 170.0, pitch: 90.0, ..home });
        assert_eq!(home.zoomed(1e9).zoom, Camera::ZOOM[1]);
    }
}
