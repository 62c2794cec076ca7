//! The sources as data, for the tests that hold the house rules: every file of `src` with its room, its code with
//! comments and literals blanked out (offsets kept), its comments and its string literals.

use std::ops::Range;
use std::path::Path;

/// One file below `src`.
pub struct Source {
    /// Relative to the package, with forward slashes: `src/lang/lexer.rs`.
    pub path: String,
    /// The room it belongs to (`lang`); `main` and `lib` for those two files.
    pub room: String,
    /// The file as it is.
    pub text: String,
    /// The file without its unit tests: comments and the insides of literals replaced by blanks, byte by byte.
    pub code: String,
    /// String literals of the code: where their text lies, quotes excluded.
    pub literals: Vec<Range<usize>>,
    /// Comments of the whole file, with their slashes.
    pub comments: Vec<Range<usize>>,
}

impl Source {
    /// The line of an offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.text[..offset].matches('\n').count() + 1
    }

    /// The place of an offset, as editors understand it.
    pub fn place(&self, offset: usize) -> String {
        format!("{}:{}", self.path, self.line(offset))
    }

    /// Where `word` stands in the code as a whole word.
    pub fn words<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let part = |c: char| c.is_alphanumeric() || c == '_';
        self.code
            .match_indices(word)
            .map(|(at, _)| at)
            .filter(move |&at| !self.code[..at].ends_with(part) && !self.code[at + word.len()..].starts_with(part))
    }
}

/// Every source file, sorted by path.
pub fn all() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = files_below(&root.join("src"), "rs");
    files.sort();
    files.into_iter().map(|file| read(root, &file)).collect()
}

/// Every file below `folder` whose name ends in `.extension` (any file for an empty extension), sorted.
pub fn files_below(folder: &Path, extension: &str) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            found.extend(files_below(&path, extension));
        } else if extension.is_empty() || path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(root: &Path, file: &Path) -> Source {
    let relative = file.strip_prefix(root).expect("below the package");
    let path = relative.to_string_lossy().replace('\\', "/");
    let room = path.split('/').nth(1).unwrap_or_default().trim_end_matches(".rs").to_owned();
    parse(path, room, std::fs::read_to_string(file).expect("a text file"))
}

fn parse(path: String, room: String, text: String) -> Source {
    let (mut code, mut literals, comments) = scan(&text);
    // Unit tests stand at the end of a file, or in a file of their own.
    let tests = code.find("#[cfg(test)]\nmod ").map_or(code.len(), |at| {
        let inline = code[at..].find(['{', ';']).is_some_and(|end| code.as_bytes()[at + end] == b'{');
        if inline { at } else { code.len() }
    });
    code.truncate(if path.ends_with("/tests.rs") { 0 } else { tests });
    literals.retain(|literal| literal.end <= code.len());
    Source { path, room, text, code, literals, comments }
}

type Spans = Vec<Range<usize>>;

/// A lexer for what matters here: comments, strings (raw ones too), characters against lifetimes.
fn scan(text: &str) -> (String, Spans, Spans) {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let (mut literals, mut comments) = (Spans::new(), Spans::new());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let (end, inside) = if rest.starts_with("//") {
            let end = at + rest.find('\n').unwrap_or(rest.len());
            comments.push(at..end);
            (end, at..end)
        } else if rest.starts_with("/*") {
            let end = at + rest.find("*/").map_or(rest.len(), |close| close + 2);
            comments.push(at..end);
            (end, at..end)
        } else if let Some(hashes) = raw_string(text, at) {
            let open = at + 2 + hashes;
            let closing = format!("\"{}", "#".repeat(hashes));
            let close = open + text[open..].find(&closing).unwrap_or(text.len() - open);
            literals.push(open..close);
            (close + closing.len(), open..close)
        } else if rest.starts_with('"') {
            let mut close = at + 1;
            while close < bytes.len() && bytes[close] != b'"' {
                close += if bytes[close] == b'\\' { 2 } else { 1 };
            }
            literals.push(at + 1..close);
            (close + 1, at + 1..close)
        } else if let Some(length) = character(rest) {
            (at + length, at + 1..at + length - 1)
        } else {
            let next = at + rest.chars().next().map_or(1, char::len_utf8);
            (next, at..at)
        };
        for byte in &mut code[inside] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end;
    }
    (String::from_utf8(code).expect("blanks are text"), literals, comments)
}

/// The number of hashes, where a raw string starts at `at`.
fn raw_string(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix('r')?;
    if text[..at].ends_with(|c: char| c.is_alphanumeric() && c != 'b') {
        return None;
    }
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// The length of a character literal at the start of `rest`; none for a lifetime.
fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    if inner.starts_with('\\') {
        return Some(1 + 2 + inner.get(2..)?.find('\'')? + 1);
    }
    let first = inner.chars().next()?;
    inner[first.len_utf8()..].starts_with('\'').then_some(2 + first.len_utf8())
}

#[test]
fn the_scanner_tells_code_from_text() {
    let source = parse(
        "src/x/y.rs".into(),
        "x".into(),
        "let a = \"b // \\\" c\"; // d \"e\"\nlet f = r#\"g\"h\"#; let i: &'a str = '\\''; '\"'\n\
         #[cfg(test)]\nmod tests { \"j\" }"
            .into(),
    );
    let literals: Vec<_> = source.literals.iter().map(|r| &source.text[r.clone()]).collect();
    assert_eq!(literals, ["b // \\\" c", "g\"h"]);
    assert_eq!(source.comments.len(), 1);
    assert!(source.words("str").count() == 1 && source.words("d").count() == 0 && source.words("st").count() == 0);
    assert!(!source.code.contains("tests"));
}
