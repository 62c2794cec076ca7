//! Data that people bring: a table (CSV) or a folder of pictures in IDX files becomes what the net learns from.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::explain;
use crate::i18n::{Lang, fill};
use crate::nn::Dataset;
use crate::nn::data::csv::{Wanted, read_csv};
use crate::nn::data::idx::{Part, meaning, read_idx};
use crate::nn::data::{DataSpec, Source, Table};

/// The largest file that is read, in megabytes.
const MOST: u64 = 256;

/// Whether a path is something that can be brought: a table, a picture file, or a folder with such files.
pub(in crate::app) fn is_data(path: &Path) -> bool {
    let table = |known: &str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(known));
    ["csv", "tsv", "txt", "dat"].into_iter().any(table) || path.is_dir() || pictures_of(path).is_some()
}

/// What the name of a file says of pictures.
fn pictures_of(path: &Path) -> Option<(bool, Part)> {
    meaning(&path.file_name()?.to_string_lossy())
}

/// The data of a path with what was decided in reading it, or why there is none, in words.
pub(in crate::app) fn bring(path: &Path, lang: Lang) -> Result<(DataSpec, Vec<String>), String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if path.is_dir() || pictures_of(path).is_some() {
        let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
        let (data, test) = pictures(folder, lang)?;
        return Ok((given(name, data, test), Vec::new()));
    }
    let bytes = bytes(path, lang)?;
    let read =
        read_csv(&bytes, Wanted::default()).map_err(|error| format!("{name}: {}", explain::csv(lang, &error)))?;
    let notices = read.notices.iter().map(|notice| explain::notice(lang, notice)).collect();
    Ok((given(name, Arc::new(read.data), None), notices))
}

fn given(name: String, data: Arc<Dataset>, test: Option<Arc<Dataset>>) -> DataSpec {
    let source = Source::Table(Table { name, data, test });
    DataSpec { source, rows: 2, noise: 0.0, classes: 2, seed: 0, test: 0.3, features: Vec::new() }
}

/// The pictures of a folder, and those for testing where there are any.
fn pictures(folder: &Path, lang: Lang) -> Result<(Arc<Dataset>, Option<Arc<Dataset>>), String> {
    let unreadable =
        |cause: std::io::Error| fill(lang, "cli.unreadable", &[("path", &folder.display()), ("cause", &cause)]);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).map_err(unreadable)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let find = |test: bool, part: Part| paths.iter().find(|path| pictures_of(path) == Some((test, part)));
    let pair = |test: bool| -> Result<Option<Arc<Dataset>>, String> {
        let (Some(images), Some(labels)) = (find(test, Part::Images), find(test, Part::Labels)) else {
            return Ok(None);
        };
        let (pixels, classes) = (bytes(images, lang)?, bytes(labels, lang)?);
        read_idx(&pixels, &classes).map(|data| Some(Arc::new(data))).map_err(|(part, error)| {
            let path = if part == Part::Images { images } else { labels };
            format!("{}: {}", path.display(), explain::idx(lang, &error))
        })
    };
    let missing = || {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("path", &folder.display()), ("name", &"train-images-idx3-ubyte")];
        fill(lang, "dataset.idx_missing", &values)
    };
    Ok((pair(false)?.ok_or_else(missing)?, pair(true)?))
}

/// The bytes of a file; what is too long is not read.
fn bytes(path: &Path, lang: Lang) -> Result<Vec<u8>, String> {
    let unreadable =
        |cause: std::io::Error| fill(lang, "cli.unreadable", &[("path", &path.display()), ("cause", &cause)]);
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    let length = file.take((MOST << 20) + 1).read_to_end(&mut bytes).map_err(unreadable)? as u64;
    if length > MOST << 20 {
        let said = fill(lang, "dataset.file_too_large", &[("limit", &MOST)]);
        return Err(format!("{}: {said}", path.display()));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_brought_and_what_is_none_is_told() {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let put = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap_or_else(|error| panic!("{error}"));
            path
        };
        let good = put("good.csv", "a,b,kind\n1,2,cat\n2,1,dog\n3,4,cat\n0,1,dog\n");
        let spec = bring(&good, Lang::En).map(|(spec, _)| spec).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(spec.input_names().ok(), Some(vec!["a".to_owned(), "b".to_owned()]));
        let bad = put("bad.csv", "a\n1\n2\n");
        for path in [bad, folder.path().join("none.csv"), folder.path().to_owned()] {
            for lang in Lang::ALL {
                let why = bring(&path, lang).err().unwrap_or_default();
                assert!(why.len() > 12, "{}: {why}", path.display());
            }
        }
        assert!(is_data(&good) && is_data(folder.path()) && !is_data(Path::new("x.toml")));
    }
}
