//! PDF: a page of vectors, with text that can be searched and copied.
//!
//! The vocabulary of a scene is that of a page: paths, text, pictures, clipping. So it is written as such, operator by
//! operator, which keeps the bytes the same each time and the text in whole words.

mod content;
mod file;
mod font;
mod image;

use content::Content;
use file::{File, hex};

use super::{About, Scene, SceneError, canvas};

/// The scene as the bytes of a PDF file of one page.
pub fn pdf(scene: &Scene) -> Result<Vec<u8>, SceneError> {
    let [width, height] = canvas::page(scene)?.map(|side| super::number::short(side, 2));
    let mut file = File::new();
    let [catalog, pages, page, resources, body, info] = std::array::from_fn(|_| file.reserve());

    let mut content = Content::new(&mut file, resources);
    content.page(scene);
    let (operators, dictionary) = content.finish()?;
    file.stream(body, "", operators.as_bytes());
    file.object(resources, &dictionary);

    file.object(pages, &format!("<</Type/Pages/Count 1/Kids[{page} 0 R]>>"));
    file.object(
        page,
        &format!(
            "<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 {width} {height}]/Resources {resources} 0 R/Contents {body} 0 R\
             /Group<</S/Transparency/CS/DeviceRGB>>>>"
        ),
    );
    let source = source(&mut file, &scene.about);
    file.object(catalog, &format!("<</Type/Catalog/Pages {pages} 0 R{source}>>"));
    file.object(info, &information(&scene.about));
    Ok(file.finish(catalog, info))
}

/// How the object begins that holds the scenario's text. It is not compressed, so that it is found again without
/// reading the file's structure.
pub(super) const SCENARIO: &str = "<</Type/DownhillScenario/Length ";
/// What stands between the length and the text.
pub(super) const STREAM: &str = ">>\nstream\n";

/// Writes the scenario and gives the catalog's entry for it.
fn source(file: &mut File, about: &About) -> String {
    if about.scenario.is_empty() {
        return String::new();
    }
    let id = file.reserve();
    file.plain_stream(id, SCENARIO, STREAM, about.scenario.as_bytes());
    format!("/DownhillScenario {id} 0 R")
}

/// What the file says of itself.
fn information(about: &About) -> String {
    let mut entries = String::from("<</Creator(Downhill)");
    for (name, text) in [("Title", &about.title), ("Subject", &about.description)] {
        if !text.is_empty() {
            let units: Vec<u16> = std::iter::once(0xFEFF).chain(text.encode_utf16()).collect();
            entries += &format!("/{name}{}", hex(&units));
        }
    }
    entries + ">>"
}
