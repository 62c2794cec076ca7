//! The file dialog without its looks: a folder with its list, a name that narrows the list, and what Enter means.

use std::path::{Path, PathBuf};

use super::folder::{Entry, list};
use super::trouble::Trouble;
use crate::scene::about::ENDINGS;

/// What the dialog is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Purpose {
    /// To open a scenario, a picture that brings one, or a table of points.
    Open,
    /// To save a scenario.
    Save,
    /// To write a picture or a table, with this ending.
    Export(&'static str),
}

impl Purpose {
    /// The endings of the files that are listed.
    fn endings(self) -> Vec<&'static str> {
        match self {
            Self::Open => ["toml", "csv", "tsv"].into_iter().chain(ENDINGS).collect(),
            Self::Save => vec!["toml"],
            Self::Export(ending) => vec![ending],
        }
    }
}

/// The dialog.
#[derive(Clone, Debug)]
pub(in crate::app) struct FileDialog {
    /// What it is for.
    pub purpose: Purpose,
    /// The folder that is listed.
    pub folder: PathBuf,
    /// The text in the box: a name, or a path from the folder or from the root.
    pub name: String,
    /// What is in the folder.
    pub entries: Vec<Entry>,
    /// What is wrong.
    pub trouble: Option<Trouble>,
    /// The file that would be replaced: it was asked whether it may be.
    pub replaces: Option<PathBuf>,
    /// Whether the box has had the focus.
    pub focused: bool,
}

/// What comes of Enter.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) enum Answer {
    /// The dialog goes on.
    Stay,
    /// Open this file, or save to it.
    Take(PathBuf),
}

impl FileDialog {
    /// A dialog over a folder, with a name to begin with.
    pub(in crate::app) fn new(purpose: Purpose, folder: PathBuf, name: &str) -> Self {
        let mut dialog = Self {
            purpose,
            folder: PathBuf::new(),
            name: String::new(),
            entries: Vec::new(),
            trouble: None,
            replaces: None,
            focused: false,
        };
        dialog.enter(&folder);
        dialog.name = name.to_owned();
        dialog
    }

    /// Lists a folder; one that cannot be listed leaves everything and says why.
    pub(in crate::app) fn enter(&mut self, folder: &Path) {
        match list(folder, &self.purpose.endings()) {
            Ok(entries) => {
                (self.folder, self.entries, self.trouble) = (folder.to_owned(), entries, None);
                // Typing goes on in the box.
                self.focused = false;
                if self.purpose == Purpose::Open {
                    self.name.clear();
                }
            }
            Err(trouble) => {
                self.trouble = Some(trouble);
                if self.folder.as_os_str().is_empty() {
                    self.folder = folder.to_owned();
                }
            }
        }
    }

    /// To the folder above, where there is one.
    pub(in crate::app) fn up(&mut self) {
        if let Some(above) = self.folder.parent().map(Path::to_owned) {
            self.enter(&above);
        }
    }

    /// The entries that the name leaves: when opening those that begin with it, when saving all.
    pub(in crate::app) fn shown(&self) -> impl Iterator<Item = &Entry> {
        let start = self.name.trim().to_lowercase();
        let all = self.purpose != Purpose::Open || start.contains(['/', '\\']);
        self.entries.iter().filter(move |entry| all || entry.name.to_lowercase().starts_with(&start))
    }

    /// Completes the path in the box as far as the names that begin so agree: a folder gets its separator. False where there
    /// is nothing to add.
    pub(in crate::app) fn complete(&mut self) -> bool {
        let separator = |c: char| c == '/' || (cfg!(windows) && c == '\\');
        let (way, begun) = self.name.split_at(self.name.rfind(separator).map_or(0, |at| at + 1));
        let entries = if way.is_empty() {
            self.entries.clone()
        } else {
            list(&self.folder.join(way.trim_start()), &self.purpose.endings()).unwrap_or_default()
        };
        let exact = entries.iter().any(|entry| entry.name.starts_with(begun));
        let lower = begun.to_lowercase();
        let fits = |entry: &&Entry| {
            if exact { entry.name.starts_with(begun) } else { entry.name.to_lowercase().starts_with(&lower) }
        };
        let fitting: Vec<&Entry> = entries.iter().filter(fits).collect();
        let Some(first) = fitting.first().filter(|_| !(begun.is_empty() && way.is_empty())) else { return false };
        let agreed = fitting.iter().fold(first.name.as_str(), |agreed, entry| common(agreed, &entry.name));
        if agreed.chars().count() < begun.chars().count() {
            return false;
        }
        let end = if fitting.len() == 1 && first.folder { std::path::MAIN_SEPARATOR_STR } else { "" };
        let completed = format!("{way}{agreed}{end}");
        let more = completed != self.name;
        self.name = completed;
        more
    }

    /// A press on an entry: into a folder; a file's name goes into the box, and is taken if it stood there already.
    pub(in crate::app) fn press(&mut self, entry: &Entry) -> Answer {
        if entry.folder {
            self.enter(&entry.path);
            return Answer::Stay;
        }
        if self.purpose == Purpose::Open {
            return Answer::Take(entry.path.clone());
        }
        self.name.clone_from(&entry.name);
        self.replaces = None;
        Answer::Stay
    }

    /// Enter: into a folder, or the file is taken; one that would be replaced is asked about first.
    pub(in crate::app) fn accept(&mut self) -> Answer {
        let typed = self.name.trim();
        let only = self.purpose == Purpose::Open && !typed.is_empty();
        let mut path = self.folder.join(typed);
        // A name that is begun and fits one entry means that one.
        if only && !path.exists() {
            let mut fitting = self.shown();
            if let (Some(entry), None) = (fitting.next(), fitting.next()) {
                path.clone_from(&entry.path);
            }
        }
        if typed.is_empty() {
            return Answer::Stay;
        }
        if path.is_dir() {
            self.enter(&path);
            self.name.clear();
            return Answer::Stay;
        }
        if self.purpose == Purpose::Open {
            return Answer::Take(path);
        }
        match self.purpose {
            // The ending says the format.
            Purpose::Export(ending) if path.extension().is_none_or(|found| !found.eq_ignore_ascii_case(ending)) => {
                path.as_mut_os_string().push(format!(".{ending}"));
            }
            _ if path.extension().is_none() => _ = path.set_extension("toml"),
            _ => {}
        }
        if path.exists() && self.replaces.as_deref() != Some(&path) {
            (self.replaces, self.focused) = (Some(path), false);
            return Answer::Stay;
        }
        Answer::Take(path)
    }
}

/// The beginning that two names share.
fn common<'a>(a: &'a str, b: &str) -> &'a str {
    let differs = a.char_indices().zip(b.chars()).find(|((_, one), other)| one != other).map(|((at, _), _)| at);
    &a[..differs.unwrap_or(a.len().min(b.len()))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_narrow_the_list_and_nothing_is_replaced_unasked() {
        let root = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let at = |name: &str| root.path().join(name);
        std::fs::create_dir(at("Lectures")).unwrap_or_else(|error| panic!("{error}"));
        for name in ["bowl.toml", "points.csv", "saddle.TOML", "notes.txt", ".hidden.toml", "Lectures/one.toml"] {
            std::fs::write(at(name), "").unwrap_or_else(|error| panic!("{error}"));
        }
        let mut dialog = FileDialog::new(Purpose::Open, root.path().to_owned(), "");
        let names = |dialog: &FileDialog| dialog.shown().map(|entry| entry.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&dialog), ["Lectures", "bowl.toml", "points.csv", "saddle.TOML"]);
        dialog.name = "BO".into();
        assert_eq!(names(&dialog), ["bowl.toml"]);
        assert_eq!(dialog.accept(), Answer::Take(at("bowl.toml")), "what is begun and fits one is meant");
        dialog.name = "lec".into();
        assert_eq!(dialog.accept(), Answer::Stay);
        assert_eq!((dialog.folder.clone(), names(&dialog)), (at("Lectures"), vec!["one.toml".to_owned()]));
        dialog.up();
        assert_eq!(dialog.folder, root.path());
        dialog.enter(&at("bowl.toml"));
        assert!(dialog.trouble.is_some() && dialog.folder == root.path(), "a file is no folder");

        // Tab: as far as the names agree, through folders, in the case that is there.
        for name in ["bowls.toml", "Lectures/one more.toml"] {
            std::fs::write(at(name), "").unwrap_or_else(|error| panic!("{error}"));
        }
        let mut dialog = FileDialog::new(Purpose::Open, root.path().to_owned(), "");
        for (typed, completed, more) in [
            ("", "", false),
            ("bo", "bowl", true),
            ("bowls", "bowls.toml", true),
            ("bowls.toml", "bowls.toml", false),
            ("lec", "Lectures/", true),
            ("Lectures/", "Lectures/one", true),
            ("Lectures/one ", "Lectures/one more.toml", true),
            ("SAD", "saddle.TOML", true),
            ("nowhere/a", "nowhere/a", false),
            ("zebra", "zebra", false),
        ] {
            dialog.name = typed.to_owned();
            let done = dialog.complete();
            let completed = completed.replace('/', std::path::MAIN_SEPARATOR_STR);
            assert_eq!((dialog.name.replace('/', std::path::MAIN_SEPARATOR_STR), done), (completed, more), "{typed}");
        }

        let mut dialog = FileDialog::new(Purpose::Save, root.path().to_owned(), "new");
        assert!(dialog.entries.iter().all(|entry| entry.name != "points.csv"), "no table is saved over");
        assert_eq!(dialog.accept(), Answer::Take(at("new.toml")));
        dialog.name = "bowl".into();
        assert_eq!(dialog.accept(), Answer::Stay, "it is asked first");
        assert_eq!(dialog.replaces, Some(at("bowl.toml")));
        assert_eq!(dialog.accept(), Answer::Take(at("bowl.toml")));

        // A picture gets the ending of its format, whatever stands in its name.
        let mut dialog = FileDialog::new(Purpose::Export("svg"), root.path().to_owned(), "figure");
        for (typed, written) in [("figure", "figure.svg"), ("figure.SVG", "figure.SVG"), ("f.2", "f.2.svg")] {
            dialog.name = typed.into();
            assert_eq!(dialog.accept(), Answer::Take(at(written)), "{typed}");
        }
    }
}
