//! Reading and writing scenario files. The length is looked at before anything is read; what is written goes beside its
//! place first.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::fresh::Fresh;
use super::trouble::{Trouble, What};
use crate::scenario::{self, Scenario};
use crate::scene::about::{may_have_scenario, scenario_in};

/// The longest picture that is looked into, in bytes.
const MAX_PICTURE: usize = 256 << 20;

/// The text of a scenario file, and what it is.
///
/// # Errors
/// What is wrong with it, and where.
pub(in crate::app) fn read(path: &Path) -> Result<(String, Scenario), Trouble> {
    opened(path, text(path)?)
}

/// The text of a file that is no longer than a scenario may be.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn text(path: &Path) -> Result<String, Trouble> {
    String::from_utf8(bytes(path, scenario::MAX_LENGTH)?)
        .map_err(|error| Trouble::new(path, What::Binary { at: error.utf8_error().valid_up_to() + 1 }))
}

/// The scenario in a picture or a film that was made here.
///
/// # Errors
/// What is wrong with it, or that there is none.
pub(in crate::app) fn inside(path: &Path) -> Result<(String, Scenario), Trouble> {
    let text = scenario_in(&bytes(path, MAX_PICTURE)?).ok_or_else(|| Trouble::new(path, What::NoScenario))?;
    opened(path, text)
}

/// Whether the name is that of a picture or a film.
pub(in crate::app) fn is_picture(path: &Path) -> bool {
    path.extension().is_some_and(|ending| may_have_scenario(&ending.to_string_lossy()))
}

fn opened(path: &Path, text: String) -> Result<(String, Scenario), Trouble> {
    match scenario::open(&text) {
        Ok(scenario) => Ok((text, scenario)),
        Err(problem) => Err(Trouble::new(path, What::Scenario(Box::new(problem), text))),
    }
}

/// The bytes of a file that has so many at most.
fn bytes(path: &Path, limit: usize) -> Result<Vec<u8>, Trouble> {
    let failed = |error| Trouble::reading(path, &error);
    let found = fs::metadata(path).map_err(failed)?;
    if found.is_dir() {
        return Err(Trouble::new(path, What::Folder));
    }
    if !found.is_file() {
        return Err(Trouble::new(path, What::Device));
    }
    let limit = limit as u64;
    let too_long = |length| Trouble::new(path, What::TooLong { length, limit });
    if found.len() > limit {
        return Err(too_long(found.len()));
    }
    let mut bytes = Vec::new();
    // A file may grow while it is read.
    let length = File::open(path).map_err(failed)?.take(limit + 1).read_to_end(&mut bytes).map_err(failed)? as u64;
    if length > limit { Err(too_long(length)) } else { Ok(bytes) }
}

/// Writes a file, whole or not at all. An existing one keeps its permissions, and a link what it means.
///
/// # Errors
/// Why it could not be written; then everything is as it was.
pub(in crate::app) fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    let mut file = Fresh::begin(path)?;
    file.write(text.as_bytes())?;
    file.finish()
}

/// The whole path of what the user names, so that it means the same tomorrow.
pub(super) fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_scenario_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let at = |name: &str| folder.path().join(name);
        let what = |name: &str| read(&at(name)).map(drop).map_err(|trouble| trouble.what);
        let put = |name: &str, bytes: &[u8]| fs::write(at(name), bytes).unwrap_or_else(|error| panic!("{error}"));
        // A file of a gigabyte that holds nothing takes no room on the disk.
        let huge = File::create(at("huge.toml")).unwrap_or_else(|error| panic!("{error}"));
        huge.set_len(1 << 30).unwrap_or_else(|error| panic!("{error}"));
        put("picture.png", b"\x89PNG\r\n\x1a\n\0\0");
        put("newer.toml", b"version = 99\nanything = 1\n");
        let whole = scenario::examples().next().map_or("", |example| example.text());
        put("half.toml", &whole.as_bytes()[..whole.len() * 2 / 3]);
        assert_eq!(what("huge.toml"), Err(What::TooLong { length: 1 << 30, limit: scenario::MAX_LENGTH as u64 }));
        assert_eq!(what("picture.png"), Err(What::Binary { at: 1 }));
        assert_eq!(what("nothing.toml"), Err(What::Missing));
        assert_eq!(what("."), Err(What::Folder));
        for name in ["newer.toml", "half.toml"] {
            assert!(matches!(what(name), Err(What::Scenario(..))), "{name}");
        }
        for name in ["huge.toml", "picture.png", "nothing.toml", ".", "newer.toml", "half.toml"] {
            for lang in crate::i18n::Lang::ALL {
                let words = read(&at(name)).map_or_else(|trouble| trouble.words(lang), |_| String::new());
                assert!(words.contains(name.trim_matches('.')) && words.len() > 40, "{words}");
            }
        }
    }

    #[test]
    fn what_is_written_is_whole_and_a_locked_file_stays() {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let path = folder.path().join("mine.toml");
        let text = scenario::examples().next().map_or("", |example| example.text());
        assert_eq!(write(&path, text), Ok(()));
        assert_eq!(read(&path).map(|(text, _)| text).as_deref(), Ok(text));
        assert_eq!(fs::read_dir(folder.path()).map(Iterator::count).ok(), Some(1), "nothing else is left");
        let mut locked = fs::metadata(&path).map(|found| found.permissions()).unwrap_or_else(|error| panic!("{error}"));
        locked.set_readonly(true);
        fs::set_permissions(&path, locked).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(write(&path, "").map_err(|trouble| trouble.what), Err(What::Unwritable));
        assert_eq!(write(&folder.path().join("no/where.toml"), "").map_err(|t| t.what), Err(What::Missing));
        assert_eq!(write(folder.path(), "").map_err(|trouble| trouble.what), Err(What::Folder));
        assert_eq!(read(&path).map(|(text, _)| text).as_deref(), Ok(text));
    }
}
