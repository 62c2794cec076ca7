//! A racer: one ball of the race with its rule and its settings, and how it differs from the others to the eye.

/// The name of a racer within its document; never used again after the racer is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RacerId(pub u32);

/// Which update rule a racer follows.
#[derive(Clone, Debug, PartialEq)]
pub enum OptimizerChoice {
    /// An entry of the catalogue, by its full id (`torch/adam`).
    Catalogue(String),
    /// A rule of the user's own, as text of the language. Always one that can be understood: what is being typed and
    /// is not yet a rule is a [`super::Draft`].
    Rule(String),
}

/// How a ball goes on: its rule with its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Drive {
    /// The update rule.
    pub optimizer: OptimizerChoice,
    /// The values of the rule's hyperparameters in the order of their declaration; the first is the learning rate.
    pub settings: Vec<f64>,
    /// The text of the schedule; none for a constant rate. Always one that can be understood.
    pub schedule: Option<String>,
}

/// A stretch of a descent that was made with other settings than the present ones: what a fork leaves behind.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// The step at which it ends: the next one goes on from there.
    pub until: usize,
    /// How it went.
    pub drive: Drive,
}

/// One ball of the race.
#[derive(Clone, Debug, PartialEq)]
pub struct Racer {
    /// Its name in commands.
    pub id: RacerId,
    /// Its update rule.
    pub optimizer: OptimizerChoice,
    /// The values of the rule's hyperparameters in the order of their declaration; the first is the learning rate.
    pub settings: Vec<f64>,
    /// The text of its schedule; none for a constant rate. Always one that can be understood.
    pub schedule: Option<String>,
    /// A start of its own; none for the start of the race.
    pub start: Option<Vec<f64>>,
    /// What it went through before its last fork, each leg ending later than the one before; empty without a fork.
    pub legs: Vec<Leg>,
    /// Whether it is drawn. A hidden racer is not computed.
    pub visible: bool,
    /// Which color, marker and dash it has: an index below [`Racer::LOOKS`].
    pub palette: u8,
}

impl Racer {
    /// How many colors, markers and dashes there are: the Okabe-Ito colors, and as many of the others.
    pub const PALETTE: u8 = 8;
    /// How many looks there are: a color comes back with another marker and another dash.
    pub const LOOKS: u8 = 32;

    /// The learning rate before any schedule.
    pub fn rate(&self) -> f64 {
        self.settings.first().copied().unwrap_or(f64::NAN)
    }

    /// How it goes on now.
    pub fn drive(&self) -> Drive {
        let Self { optimizer, settings, schedule, .. } = self.clone();
        Drive { optimizer, settings, schedule }
    }

    /// The mark of its ball and iterates.
    pub fn marker(&self) -> Marker {
        let round = self.palette / Self::PALETTE;
        Marker::ALL[usize::from((self.palette + round) % Self::PALETTE)]
    }

    /// The dash of its path: lengths of line and gap in turn, in units of the line's width; empty for a solid line.
    pub fn dash(&self) -> &'static [f32] {
        let round = self.palette / Self::PALETTE;
        DASHES[usize::from((self.palette + 3 * round) % Self::PALETTE)]
    }
}

/// The shape that stands for a racer, so that nothing is told by color alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the shapes")]
pub enum Marker {
    Circle,
    Square,
    Diamond,
    TriangleUp,
    TriangleDown,
    Hexagon,
    Cross,
    Plus,
}

impl Marker {
    /// In the order of the palette.
    pub const ALL: [Self; Racer::PALETTE as usize] = [
        Self::Circle,
        Self::Square,
        Self::Diamond,
        Self::TriangleUp,
        Self::TriangleDown,
        Self::Hexagon,
        Self::Cross,
        Self::Plus,
    ];
}

const DASHES: [&[f32]; Racer::PALETTE as usize] = [
    &[],
    &[6.0, 3.0],
    &[1.5, 2.5],
    &[8.0, 2.5, 1.5, 2.5],
    &[12.0, 3.0],
    &[3.0, 3.0],
    &[8.0, 2.5, 1.5, 2.5, 1.5, 2.5],
    &[12.0, 2.5, 3.0, 2.5],
];
