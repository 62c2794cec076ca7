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
    /// Whether it is drawn. A hidden racer is not computed.
    pub visible: bool,
    /// Which color, marker and dash it has: an index below [`Racer::PALETTE`].
    pub palette: u8,
}

impl Racer {
    /// How many looks there are: the Okabe-Ito colors, each with a marker and a dash of its own.
    pub const PALETTE: u8 = 8;

    /// The learning rate before any schedule.
    pub fn rate(&self) -> f64 {
        self.settings.first().copied().unwrap_or(f64::NAN)
    }

    /// The mark of its ball and iterates.
    pub fn marker(&self) -> Marker {
        Marker::ALL[usize::from(self.palette % Self::PALETTE)]
    }

    /// The dash of its path: lengths of line and gap in turn, in units of the line's width; empty for a solid line.
    pub fn dash(&self) -> &'static [f32] {
        DASHES[usize::from(self.palette % Self::PALETTE)]
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
