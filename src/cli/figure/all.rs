//! All prepared figures in both languages, into a folder.

use super::write::Format;
use super::{Arguments, words};
use crate::cli::failure::{Failure, say};
use crate::cli::map::crew;
use crate::cli::output::Output;
use crate::figure::{Figure, Request, presets};
use crate::i18n::{Lang, fill};

pub(super) fn run(args: &Arguments, lang: Lang) -> Result<(), Failure> {
    let folder = &args.output;
    std::fs::create_dir_all(folder).map_err(|error| {
        let values: [(&str, &dyn std::fmt::Display); 2] = [("path", &folder.display()), ("cause", &error)];
        Failure::Machine(fill(lang, "cli.figure.folder_failed", &values))
    })?;
    let scale = args.look.scale(lang)?;
    for preset in presets() {
        let session = preset.session().map_err(|problem| Failure::Machine(problem.message(lang, "").to_string()))?;
        for spoken in Lang::ALL {
            let asked = preset.request(spoken, args.look.theme);
            let request = args.look.apply(asked, &session, spoken)?;
            for picture in &args.formats {
                let format = Format::Picture(*picture);
                let request = Request { density: format.density(scale, request.density), ..request.clone() };
                let figure =
                    Figure::with_crew(&session, &request, &crew).map_err(|error| words::failure(&error, lang))?;
                let path = folder.join(format!("{}.{}.{}", preset.id, spoken.tag(), picture.ending()));
                let mut output = Output::create(&path, lang)?;
                output.write(&format.bytes(&figure, scale, lang)?)?;
                output.finish()?;
                say(&path.display().to_string());
            }
        }
    }
    Ok(())
}
