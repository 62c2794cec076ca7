//! Where a film goes, and in which format.

use std::path::{Path, PathBuf};

use crate::cli::failure::Failure;
use crate::i18n::{Lang, fill, text};

/// The most digits of a number in a file's name.
const MAX_DIGITS: usize = 9;

/// A format, or a name for each frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Gif,
    Apng,
    Webp,
    Mp4,
    /// What stands before and after the number, and how many digits it has at least.
    Pictures {
        before: PathBuf,
        digits: usize,
        after: String,
    },
}

impl Target {
    /// What the name says: a folder, a pattern, or an ending.
    pub(super) fn of(path: &Path, lang: Lang) -> Result<Self, Failure> {
        let name = path.to_string_lossy();
        if path.is_dir() || name.ends_with(['/', std::path::MAIN_SEPARATOR]) {
            return Ok(Self::Pictures { before: path.join("frame-"), digits: 4, after: ".png".to_owned() });
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        let wrong = || Failure::Input(fill(lang, "cli.animate.ending", &[("path", &path.display())]));
        if name.contains('%') {
            // The name is text, and the part after the number is that of a picture.
            return pattern(path.to_str().ok_or_else(wrong)?)
                .filter(|_| ending.as_deref() == Some("png"))
                .ok_or_else(wrong);
        }
        match ending.as_deref() {
            Some("gif") => Ok(Self::Gif),
            Some("png" | "apng") => Ok(Self::Apng),
            Some("webp") => Ok(Self::Webp),
            Some("mp4") if cfg!(feature = "mp4") => Ok(Self::Mp4),
            Some("mp4") => Err(Failure::Input(text(lang, "cli.animate.no_mp4").to_owned())),
            _ => Err(wrong()),
        }
    }

    /// The most frames a second that programs show.
    pub(super) fn fastest(&self) -> f64 {
        // A GIF counts hundredths of a second, and less than two are shown as ten.
        if *self == Self::Gif { 50.0 } else { 120.0 }
    }
}

/// A name with `%d` or `%04d` in it, once.
fn pattern(name: &str) -> Option<Target> {
    let (before, rest) = name.split_once('%')?;
    let (digits, after) = rest.split_once('d')?;
    let digits = if digits.is_empty() { 1 } else { digits.parse().ok()? };
    let good = (1..=MAX_DIGITS).contains(&digits) && !after.contains('%') && !after.contains(['/', '\\']);
    good.then(|| Target::Pictures { before: PathBuf::from(before), digits, after: after.to_owned() })
}

/// The file of a frame, the first one being 1.
pub(super) fn numbered(before: &Path, digits: usize, after: &str, number: usize) -> PathBuf {
    let mut name = before.as_os_str().to_owned();
    name.push(format!("{number:0digits$}{after}"));
    PathBuf::from(name)
}
