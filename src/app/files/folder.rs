//! What is in a folder, as the file dialog lists it: folders first, then the files that it is about.

use std::fs;
use std::path::{Path, PathBuf};

use super::trouble::{Trouble, What};

/// The most entries that are listed; who has more types the name.
const MOST: usize = 2000;

/// A folder or a file.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) struct Entry {
    /// Its name as it is shown.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Whether it is a folder.
    pub folder: bool,
}

/// The folders in a folder, and the files with one of these endings, by name, without what is hidden.
///
/// # Errors
/// Why it cannot be listed.
pub(super) fn list(folder: &Path, endings: &[&str]) -> Result<Vec<Entry>, Trouble> {
    if folder.is_file() {
        return Err(Trouble::new(folder, What::NoFolder));
    }
    let mut entries: Vec<Entry> = fs::read_dir(folder)
        .map_err(|error| Trouble::reading(folder, &error))?
        .flatten()
        .filter_map(|found| {
            let (path, name) = (found.path(), found.file_name().to_string_lossy().into_owned());
            let folder = path.is_dir();
            let is = |known: &&str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(known));
            let shown = endings.iter().any(is);
            (!name.starts_with('.') && (folder || shown)).then_some(Entry { name, path, folder })
        })
        .take(MOST)
        .collect();
    entries.sort_by(|a, b| b.folder.cmp(&a.folder).then_with(|| a.name.to_lowercase().cmp(&b.name.to_lowercase())));
    Ok(entries)
}

/// Where the dialog begins where no file says it: the user's documents, home, or here.
pub(in crate::app) fn places() -> Vec<PathBuf> {
    let home = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
    let home = home.filter(|home| home.is_dir());
    let documents = home.as_ref().map(|home| home.join("Documents")).filter(|documents| documents.is_dir());
    let here = std::env::current_dir().ok();
    documents.into_iter().chain(home).chain(here).collect()
}
