//! The house rules, held by reading the sources: which room may import which, what lives where, and the manners of a
//! file. ARCHITECTURE.md gives the reasons.

use std::path::Path;

use crate::sources::{self, Source};

/// The rooms in reading order: each imports only rooms before it.
const ROOMS: [&str; 20] = [
    "num",
    "i18n",
    "font",
    "autodiff",
    "lang",
    "objective",
    "surface",
    "optim",
    "schedule",
    "nn",
    "descent",
    "session",
    "chart",
    "scene",
    "explain",
    "scenario",
    "file",
    "figure",
    "cli",
    "app",
];

/// Files of the process, which puts the rooms together.
const PROCESS: [&str; 3] = ["lib", "main", "window"];

/// Imports that the order would allow and the design does not: (room, what it must not know).
const STRANGERS: [(&str, &str); 5] =
    [("descent", "surface"), ("descent", "nn"), ("nn", "surface"), ("optim", "surface"), ("app", "cli")];

/// Files that may be long because they are tables.
const TABLES: [&str; 0] = [];

const WARN_LINES: usize = 400;
const FAIL_LINES: usize = 600;

/// Panics with all breaches, if there are any.
fn hold(rule: &str, breaches: Vec<String>) {
    assert!(breaches.is_empty(), "{rule}\n  {}", breaches.join("\n  "));
}

/// Applies a rule to every source file; the rule says where it is broken.
fn everywhere(rule: &str, mut breaches_of: impl FnMut(&Source) -> Vec<String>) {
    hold(rule, sources::all().iter().flat_map(&mut breaches_of).collect());
}

#[test]
fn the_rooms_stand_in_order() {
    let sources = sources::all();
    let lib = sources.iter().find(|source| source.path == "src/lib.rs").unwrap();
    let listed: Vec<_> = lib.code.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(listed, ROOMS, "lib.rs lists the rooms in reading order");
    for source in &sources {
        assert!(PROCESS.contains(&&*source.room) || ROOMS.contains(&&*source.room), "{}", source.path);
    }
}

#[test]
fn a_room_imports_only_rooms_above_it() {
    let rank = |room: &str| ROOMS.iter().position(|known| *known == room);
    everywhere("a room imports only rooms above it", |source| {
        let Some(own) = rank(&source.room) else { return Vec::new() };
        let mut breaches = Vec::new();
        for (at, room) in imports(source) {
            let Some(other) = rank(&room) else { continue };
            let strange = STRANGERS.contains(&(&*source.room, &*room));
            if other > own || strange {
                breaches.push(format!("{} knows {room}", source.place(at)));
            }
        }
        breaches
    });
}

/// The rooms that a file names: `crate::room`, `crate::{room::…, …}`, and `super::` as far up as the crate.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let depth = source.path.matches('/').count() - usize::from(source.path.ends_with("/mod.rs"));
    let roots = ["crate::".to_owned(), "super::".repeat(depth)];
    let mut found = Vec::new();
    for root in roots.iter().filter(|root| !root.is_empty()) {
        for at in source.words(root.trim_end_matches(':')) {
            let before = &source.code[..at];
            let Some(after) = source.code[at..].strip_prefix(root.as_str()) else { continue };
            if before.ends_with("super::") || before.ends_with('(') && root.starts_with("super") {
                continue;
            }
            for name in first_names(after) {
                found.push((at, name));
            }
        }
    }
    found
}

/// The first segment of a path, or of each path in braces.
fn first_names(path: &str) -> Vec<String> {
    let word = |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let Some(list) = path.strip_prefix('{') else { return vec![word(path)] };
    let mut names = vec![word(list)];
    let mut depth = 0usize;
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(word(&list[at + 1..])),
            _ => {}
        }
    }
    names
}

#[test]
fn imports_are_seen() {
    let names = first_names("{lang::{ast, print}, num::elem, descent};");
    assert_eq!(names, ["lang", "num", "descent"]);
    assert_eq!(first_names("session::Session;"), ["session"]);
}

/// Every place where a file uses one of these words.
fn uses(source: &Source, words: &[&str]) -> Vec<String> {
    let places = words.iter().flat_map(|word| source.words(word).map(move |at| (at, word)));
    places.map(|(at, word)| format!("{} has {word}", source.place(at))).collect()
}

#[test]
fn only_the_window_knows_egui() {
    everywhere("egui stays in app", |source| match &*source.room {
        "app" | "window" => Vec::new(),
        _ => uses(source, &["egui", "eframe", "egui_plot"]),
    });
}

#[test]
fn the_outside_world_stays_outside() {
    const OUTSIDE: [&str; 14] = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "std::io",
        "std::time::Instant",
        "Instant",
        "SystemTime",
        "tempfile",
        "sys_locale",
        "SysRng",
        "println",
        "eprintln",
    ];
    everywhere("files, clocks, threads, environment and printing stay in file, cli and app", |source| {
        match &*source.room {
            "file" | "cli" | "app" | "main" | "window" => Vec::new(),
            _ => uses(source, &OUTSIDE),
        }
    });
}

#[test]
fn every_module_says_what_it_is() {
    everywhere("every file starts with a page of //!", |source| {
        let page: usize = source.text.lines().take_while(|line| line.starts_with("//!")).map(str::len).sum();
        let said = page > "//! ".len() + source.room.len() + 10;
        if said { Vec::new() } else { vec![source.path.clone()] }
    });
}

#[test]
fn files_are_short() {
    everywhere("a file has one subject and at most 600 lines", |source| {
        let lines = source.text.lines().count();
        if lines > WARN_LINES && !TABLES.contains(&&*source.path) {
            eprintln!("{} has {lines} lines: above {WARN_LINES} wants a reason", source.path);
        }
        if lines > FAIL_LINES && !TABLES.contains(&&*source.path) { vec![source.path.clone()] } else { Vec::new() }
    });
}

#[test]
fn colors_are_named_in_the_theme_only() {
    everywhere("colors come from src/app/theme", |source| {
        // The rasterizer computes the colors of pixels; it chooses none.
        if source.path.starts_with("src/app/theme") || source.path.starts_with("src/app/raster") {
            return Vec::new();
        }
        let named = source.code.match_indices("Color32::").filter(|(at, found)| {
            let what = &source.code[at + found.len()..];
            !["TRANSPARENT", "PLACEHOLDER"].iter().any(|none| what.starts_with(none))
        });
        named.map(|(at, _)| source.place(at)).collect()
    });
}

#[test]
fn nothing_is_left_behind() {
    everywhere("no notes to oneself and no code in comments", |source| {
        let mut found = Vec::new();
        for comment in &source.comments {
            let text = &source.text[comment.clone()];
            let note = ["TODO", "FIXME", "XXX", "HACK"].iter().any(|note| text.contains(note));
            let plain = text.strip_prefix("//").filter(|rest| !rest.starts_with(['/', '!']));
            let code = plain.map(str::trim).is_some_and(|rest| {
                rest.ends_with([';', '{', '}'])
                    || ["let ", "fn ", "use ", "pub ", "#["].iter().any(|start| rest.starts_with(start))
                        && rest.ends_with([')', ',', ']'])
            });
            if note || code {
                found.push(format!("{}: {text}", source.place(comment.start)));
            }
        }
        found
    });
}

#[test]
fn elementary_functions_are_the_deterministic_ones() {
    const WITHOUT_ARGUMENT: [&str; 20] = [
        "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "exp2",
        "exp_m1", "ln", "ln_1p", "log2", "log10", "cbrt",
    ];
    const WITH_ONE: [&str; 4] = ["powf", "powi", "hypot", "atan2"];
    everywhere("sin, exp, ln … come from num::elem, never from std", |source| {
        if source.path.starts_with("src/num/elem") {
            return Vec::new();
        }
        let mut found = if source.room == "num" { Vec::new() } else { uses(source, &["libm"]) };
        for name in WITHOUT_ARGUMENT.iter().chain(&WITH_ONE) {
            for at in source.words(name) {
                let (before, after) = (&source.code[..at], &source.code[at + name.len()..]);
                let method = before.ends_with('.')
                    && if WITH_ONE.contains(name) { arguments(after) == Some(1) } else { after.starts_with("()") };
                if method || before.ends_with("f64::") || before.ends_with("f32::") {
                    found.push(format!("{} has {name}", source.place(at)));
                }
            }
        }
        found
    });
}

/// How many arguments a call has whose parenthesis opens here.
fn arguments(call: &str) -> Option<usize> {
    let inner = call.strip_prefix('(')?;
    let (mut depth, mut commas) = (0usize, 0);
    for c in inner.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => return Some(commas + 1),
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => commas += 1,
            _ => {}
        }
    }
    None
}

#[test]
fn every_asset_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut users: String = sources::all().iter().map(|source| source.text.as_str()).collect();
    let files = sources::files_below(&root.join("assets"), "");
    for page in files.iter().filter(|file| file.ends_with("README.md")).chain([&root.join("README.md")]) {
        users += &std::fs::read_to_string(page).unwrap();
    }
    let unused = files.into_iter().filter_map(|file| {
        let name = file.file_name()?.to_string_lossy().into_owned();
        // A font travels with its license, and what is not embedded with a page that names it.
        let page = name.starts_with("OFL") || name.starts_with("LICENSE") || name == "README.md";
        (!page && !users.contains(&name)).then(|| file.display().to_string())
    });
    hold("every file in assets is used", unused.collect());
}
