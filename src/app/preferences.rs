//! What the window remembers from one day to the next: language, theme, folds, sizes, files.
//!
//! Kept as TOML in the user's configuration folder, written whole or not at all. A file that is missing, broken or from
//! another version costs nothing but the memory: what can be read is taken, the rest has its default.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::state::{Lab, Section};
use super::theme::ThemeName;
use crate::i18n::Lang;

/// The remembered choices; `None` is "never chosen".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preferences {
    /// The language of the window.
    pub lang: Option<Lang>,
    /// The theme.
    pub theme: Option<ThemeName>,
    /// Which panels are folded: left, right, bottom.
    pub folds: [bool; 3],
    /// Which sections of the left panel are folded.
    pub sections: BTreeSet<Section>,
    /// Whether the points of a model stand in a table, too.
    pub table: bool,
    /// The window's size in points.
    pub size: Option<[f32; 2]>,
    /// The size of everything, 1 is as designed.
    pub zoom: Option<f32>,
    /// The widths of the left and the right panel and the height of the lower one, in points.
    pub panels: Option<[f32; 3]>,
    /// The files that were open, the last one first.
    pub recent: Vec<PathBuf>,
    /// The file that the document of last time belongs to.
    pub file: Option<PathBuf>,
    /// The example that the document of last time was.
    pub example: Option<String>,
    /// The laboratory that was open.
    pub lab: Lab,
    /// As `file`, of the network laboratory.
    pub net_file: Option<PathBuf>,
    /// As `example`, of the network laboratory.
    pub net_example: Option<String>,
}

/// The most files that are remembered.
const RECENT: usize = 8;

impl Preferences {
    /// Reads what a text says, entry by entry; never fails.
    pub fn parse(text: &str) -> Self {
        let table: toml::Table = text.parse().unwrap_or_default();
        let flag = |name: &str| table.get(name).and_then(toml::Value::as_bool).unwrap_or(false);
        let number = |value: &toml::Value| value.as_float().or_else(|| value.as_integer().map(|n| n as f64));
        let size = table.get("size").and_then(toml::Value::as_array).and_then(|pair| {
            let (width, height) = (number(pair.first()?)?, number(pair.get(1)?)?);
            let sane = |side: f64| (200.0..=20_000.0).contains(&side);
            (sane(width) && sane(height)).then_some([width as f32, height as f32])
        });
        let panels = table.get("panels").and_then(toml::Value::as_array).and_then(|sides| {
            let sides: Vec<f32> = sides.iter().filter_map(number).map(|side| side as f32).collect();
            <[f32; 3]>::try_from(sides).ok().filter(|sides| sides.iter().all(|side| (100.0..=1000.0).contains(side)))
        });
        let word = |name: &str| table.get(name).and_then(toml::Value::as_str);
        let recent = table.get("recent").and_then(toml::Value::as_array).into_iter().flatten();
        Self {
            lang: table.get("language").and_then(toml::Value::as_str).and_then(Lang::from_tag),
            theme: table.get("theme").and_then(toml::Value::as_str).and_then(ThemeName::find),
            folds: [flag("fold_left"), flag("fold_right"), flag("fold_bottom")],
            sections: {
                let names = table.get("folded").and_then(toml::Value::as_array).into_iter().flatten();
                let named =
                    |name: &toml::Value| Section::ALL.into_iter().find(|known| name.as_str() == Some(known.id()));
                names.filter_map(named).collect()
            },
            table: flag("table"),
            size,
            zoom: table.get("zoom").and_then(number).map(|z| z as f32).filter(|z| (0.5..=3.0).contains(z)),
            panels,
            recent: recent.filter_map(toml::Value::as_str).map(PathBuf::from).take(RECENT).collect(),
            file: word("file").map(PathBuf::from),
            example: word("example").map(str::to_owned),
            lab: if word("laboratory") == Some("net") { Lab::Net } else { Lab::Descent },
            net_file: word("net_file").map(PathBuf::from),
            net_example: word("net_example").map(str::to_owned),
        }
    }

    /// The text that [`Preferences::parse`] reads.
    pub fn print(&self) -> String {
        let mut table = toml::Table::new();
        if let Some(lang) = self.lang {
            table.insert("language".into(), lang.tag().into());
        }
        if let Some(theme) = self.theme {
            table.insert("theme".into(), theme.id().into());
        }
        for (name, folded) in ["fold_left", "fold_right", "fold_bottom"].into_iter().zip(self.folds) {
            table.insert(name.into(), folded.into());
        }
        if !self.sections.is_empty() {
            let names = self.sections.iter().map(|section| toml::Value::from(section.id()));
            table.insert("folded".into(), names.collect::<Vec<_>>().into());
        }
        table.insert("table".into(), self.table.into());
        if let Some([width, height]) = self.size {
            let side = |points: f32| toml::Value::Integer(points.round() as i64);
            table.insert("size".into(), toml::Value::Array(vec![side(width), side(height)]));
        }
        if let Some(zoom) = self.zoom {
            table.insert("zoom".into(), f64::from(zoom).into());
        }
        if let Some(panels) = self.panels {
            let side = |points: f32| toml::Value::Integer(points.round() as i64);
            table.insert("panels".into(), panels.map(side).to_vec().into());
        }
        // A name that is no text is forgotten: the file could not hold it.
        let name = |path: &PathBuf| path.to_str().map(toml::Value::from);
        let recent: Vec<_> = self.recent.iter().filter_map(name).collect();
        if !recent.is_empty() {
            table.insert("recent".into(), recent.into());
        }
        for (key, file) in [("file", &self.file), ("net_file", &self.net_file)] {
            if let Some(file) = file.as_ref().and_then(name) {
                table.insert(key.into(), file);
            }
        }
        for (key, example) in [("example", &self.example), ("net_example", &self.net_example)] {
            if let Some(example) = example {
                table.insert(key.into(), example.as_str().into());
            }
        }
        if self.lab == Lab::Net {
            table.insert("laboratory".into(), "net".into());
        }
        table.to_string()
    }

    /// Remembers that a file was opened or saved.
    pub(super) fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT);
    }

    /// Reads the user's file; the defaults where there is none.
    pub fn load(path: Option<&Path>) -> Self {
        path.and_then(|path| fs::read_to_string(path).ok()).map(|text| Self::parse(&text)).unwrap_or_default()
    }

    /// Writes the user's file, whole or not at all.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = crate::file::beside(path)?;
        file.write_all(self.print().as_bytes())?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// The name of the preferences in their folder.
pub(super) const FILE: &str = "window.toml";

/// The folder of the preferences on this system, if it says where such things belong.
pub(super) fn folder() -> Option<PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = if cfg!(target_os = "windows") {
        from("APPDATA")
    } else if cfg!(target_os = "macos") {
        from("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        from("XDG_CONFIG_HOME").or_else(|| from("HOME").map(|home| home.join(".config")))
    };
    Some(folder?.join("downhill"))
}

/// The language of the system, English where it is none of ours.
pub fn system_lang() -> Lang {
    sys_locale::get_locales().find_map(|tag| Lang::from_tag(&tag)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_and_a_broken_file_costs_nothing() {
        let kept = Preferences {
            lang: Some(Lang::Ko),
            theme: Some(ThemeName::Contrast),
            folds: [true, false, true],
            sections: [Section::Racers, Section::Start].into(),
            table: true,
            size: Some([1280.0, 800.0]),
            zoom: Some(1.25),
            panels: Some([300.0, 260.0, 180.0]),
            recent: vec!["/home/kim/강의/a b.toml".into(), "two.toml".into()],
            file: Some("two.toml".into()),
            example: Some("first".into()),
            lab: Lab::Net,
            net_file: Some("net.toml".into()),
            net_example: Some("two_moons".into()),
        };
        assert_eq!(Preferences::parse(&kept.print()), kept);
        for broken in [
            "",
            "theme = ",
            "theme = 3\nlanguage = \"xx\"\nsize = [1]\nzoom = 900",
            "\u{0}\u{1}",
            "size = [1e300, -5]",
            "panels = [1, 2]\nrecent = 3\nfolded = [\"attic\", 3]\ntable = 1",
        ] {
            assert_eq!(Preferences::parse(broken), Preferences::default(), "{broken:?}");
        }
        let some = Preferences::parse("theme = \"light\"\nsize = \"big\"\nfold_right = true");
        assert_eq!((some.theme, some.size, some.folds), (Some(ThemeName::Light), None, [false, true, false]));
    }

    #[test]
    fn the_file_is_written_whole() {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let path = folder.path().join("deep").join("window.toml");
        let kept = Preferences { theme: Some(ThemeName::Light), ..Preferences::default() };
        kept.save(&path).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(Preferences::load(Some(&path)), kept);
        assert_eq!(fs::read_dir(folder.path().join("deep")).map(Iterator::count).ok(), Some(1));
    }
}
