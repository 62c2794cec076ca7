//! The names of the themes: what the preferences keep, what the command line asks for, what a key goes through.

/// One of the designed themes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThemeName {
    /// Light on dark.
    #[default]
    Dark,
    /// Dark on light.
    Light,
    /// Black on white with strong marks, for weak eyes and weak projectors.
    Contrast,
}

impl ThemeName {
    /// Every theme, in the order of menus and of the key.
    pub const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::Contrast];

    /// The name in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Contrast => "contrast",
        }
    }

    /// The theme of a name in files.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.id() == id)
    }

    /// The theme after this one, the first after the last.
    pub fn next(self) -> Self {
        let place = Self::ALL.iter().position(|name| *name == self).unwrap_or(0);
        Self::ALL[(place + 1) % Self::ALL.len()]
    }
}
