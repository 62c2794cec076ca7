//! The built-in surfaces: `assets/surfaces.toml`, read once. The file says what its fields mean.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{Critical, HeightScale, Surface};
use crate::i18n::Localized;
use crate::lang::closest;

/// A heading of the menu of surfaces.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// What [`Surface::category`] says.
    pub id: String,
    /// The heading.
    pub name: Localized,
}

/// There is no surface of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownId {
    /// What was asked for.
    pub id: String,
    /// Names near to it, the nearest first.
    pub suggestions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    category: Vec<Category>,
    surface: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    category: String,
    name: Localized,
    formula: String,
    domain: Vec<[f64; 2]>,
    tags: Vec<String>,
    #[serde(default)]
    scale: HeightScale,
    start: Vec<f64>,
    lr: f64,
    #[serde(default)]
    momentum: f64,
    lesson: Localized,
    note: Option<Localized>,
    source: Option<String>,
    #[serde(default)]
    minima: Vec<Critical>,
    #[serde(default)]
    maxima: Vec<Critical>,
    #[serde(default)]
    saddles: Vec<Critical>,
}

impl Entry {
    fn read(self) -> Result<Surface, String> {
        let dimension = self.domain.len();
        let formula = super::typed::parse(&self.formula, Some(dimension))
            .map_err(|problems| format!("formula of `{}`: {problems:?}", self.id))?;
        Ok(Surface {
            category: Some(self.category),
            name: self.name,
            domain: self.domain,
            tags: self.tags,
            scale: self.scale,
            start: self.start,
            lr: self.lr,
            momentum: self.momentum,
            lesson: self.lesson,
            note: self.note,
            citation: self.source,
            minima: self.minima,
            maxima: self.maxima,
            saddles: self.saddles,
            id: Some(self.id),
            ..formula
        })
    }
}

fn read(text: &str) -> Result<(Vec<Category>, Vec<Surface>), String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let surfaces = file.surface.into_iter().map(Entry::read).collect::<Result<_, _>>()?;
    Ok((file.category, surfaces))
}

fn parsed() -> &'static (Vec<Category>, Vec<Surface>) {
    static PARSED: OnceLock<(Vec<Category>, Vec<Surface>)> = OnceLock::new();
    // The file is part of the program and the tests read all of it: it cannot fail for a user.
    PARSED.get_or_init(|| {
        read(include_str!("../../assets/surfaces.toml")).unwrap_or_else(|why| panic!("assets/surfaces.toml: {why}"))
    })
}

/// The built-in surfaces in the order of the menus.
pub fn catalogue() -> &'static [Surface] {
    &parsed().1
}

/// The headings of the menus, in their order.
pub fn categories() -> &'static [Category] {
    &parsed().0
}

/// The surfaces under a heading.
pub fn in_category(id: &str) -> impl Iterator<Item = &'static Surface> {
    catalogue().iter().filter(move |surface| surface.category.as_deref() == Some(id))
}

/// The surface with that id.
///
/// # Errors
///
/// [`UnknownId`] with the nearest ids.
pub fn find(id: &str) -> Result<&'static Surface, UnknownId> {
    let known = catalogue();
    known.iter().find(|surface| surface.id.as_deref() == Some(id)).ok_or_else(|| UnknownId {
        id: id.to_owned(),
        suggestions: closest(id, known.iter().filter_map(|surface| surface.id.as_deref())),
    })
}
