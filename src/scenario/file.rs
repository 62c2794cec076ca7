//! Between the form of a file and a document.

use std::collections::BTreeSet;

use super::form::{
    AxisForm, BatchForm, CameraForm, File, MapsForm, MotionForm, NoiseForm, PictureForm, ScaleForm, Seed, SurfaceForm,
    TransportForm, ViewForm,
};
use super::{Problem, VERSION, model, racers, slice};
use crate::descent::{Noise, StopRule};
use crate::objective::Batch;
use crate::optim::SettingError;
use crate::session::{
    Camera, Document, Layer, MapChoice, Motion, Picture, RacerId, Refusal, Scale, SurfaceChoice, SweepAxis, Transport,
    View,
};
use crate::surface::{self, HeightScale};

/// The text of a document.
pub(super) fn write(document: &Document) -> String {
    let surface = SurfaceForm {
        start: Some(document.start.clone()),
        params: document.params.clone(),
        ..own_form(&document.surface)
    };
    let Transport { playing, speed, cursor, looping, slow } = document.transport;
    let file = File {
        version: VERSION,
        steps: document.steps,
        never_stop: document.stop == StopRule::Never,
        selected: Some(document.selected.0),
        surface,
        noise: NoiseForm { sigma: document.noise.sigma, seed: seed_form(document.noise.seed) },
        batch: BatchForm { size: document.batch.size, seed: seed_form(document.batch.seed) },
        transport: TransportForm { playing, looping, slow, speed, cursor },
        picture: PictureForm {
            layers: Some(document.picture.layers.iter().map(|layer| layer.id().to_owned()).collect()),
            arrows: document.picture.arrows.clone(),
            epsilon: document.picture.epsilon,
            heights: Some(scale_form(document.picture.heights)),
            losses: scale_form(document.picture.losses),
            range: document.picture.range.clone(),
            ..looks(&document.picture)
        },
        racer: document.racers.iter().enumerate().map(|(place, racer)| racers::form(Some(place), racer)).collect(),
        ghost: document.ghosts.iter().map(racers::ghost_form).collect(),
    };
    // The form has only tables, texts and numbers, and all of them can be written.
    toml::to_string(&file).unwrap_or_default()
}

/// Which surface it is.
fn own_form(choice: &SurfaceChoice) -> SurfaceForm {
    let mut form = SurfaceForm::default();
    match choice {
        SurfaceChoice::Catalogue(id) => form.id = Some(id.clone()),
        SurfaceChoice::Formula(text) => form.formula = Some(text.clone()),
        SurfaceChoice::Model(choice) => form.model = Some(model::form(choice)),
        SurfaceChoice::Slice(slice) => form.slice = Some(slice::form(slice)),
    }
    form
}

/// View, camera and motion of a picture; the rest of the form is as usual.
fn looks(picture: &Picture) -> PictureForm {
    let Camera { yaw, pitch, zoom, target } = picture.camera;
    PictureForm {
        view: match picture.view {
            View::Auto => ViewForm::Auto,
            View::Relief => ViewForm::Relief,
            View::Both => ViewForm::Both,
            View::Basins => ViewForm::Basins,
            View::Sweep => ViewForm::Sweep,
        },
        camera: CameraForm { yaw, pitch, zoom, target },
        relief: Some(scale_form(picture.relief)),
        motion: match picture.motion {
            Motion::Roll => MotionForm::Roll,
            Motion::Jump => MotionForm::Jump,
        },
        follow: picture.follow,
        maps: maps_form(&picture.maps),
        ..PictureForm::default()
    }
}

fn maps_form(maps: &MapChoice) -> MapsForm {
    let axis = |axis: &SweepAxis| AxisForm { name: axis.name.clone(), range: axis.range };
    let [across, up] = &maps.axes;
    MapsForm { size: maps.size, across: axis(across), up: axis(up) }
}

/// The document of a form; whether it is whole is for the session to say.
pub(super) fn document(file: File) -> Result<Document, Problem> {
    let surface = match (file.surface.id, file.surface.formula, file.surface.model, file.surface.slice) {
        (Some(id), None, None, None) => SurfaceChoice::Catalogue(id),
        (None, Some(text), None, None) => SurfaceChoice::Formula(text),
        (None, None, Some(form), None) => SurfaceChoice::Model(model::choice(form)?),
        (None, None, None, Some(form)) => SurfaceChoice::Slice(Box::new(slice::slice(form)?)),
        _ => return Err(Problem::Choice { fields: &["id", "formula", "model", "slice"] }),
    };
    let (own_start, own_scale) = own(&surface)?;
    let racers = file
        .racer
        .into_iter()
        .enumerate()
        .map(|(place, form)| racers::read(place, form))
        .collect::<Result<Vec<_>, _>>()?;
    let first = racers.first().map(|racer| racer.id).ok_or(Problem::NoRacers)?;
    let TransportForm { playing, looping, slow, speed, cursor } = file.transport;
    Ok(Document {
        surface,
        params: file.surface.params,
        start: file.surface.start.unwrap_or(own_start),
        racers,
        ghosts: file.ghost.into_iter().map(racers::read_ghost).collect::<Result<_, _>>()?,
        selected: file.selected.map_or(first, RacerId),
        noise: Noise { sigma: file.noise.sigma, seed: seed(file.noise.seed)? },
        batch: Batch { size: file.batch.size, seed: seed(file.batch.seed)? },
        steps: file.steps,
        stop: if file.never_stop { StopRule::Never } else { StopRule::Auto },
        transport: Transport { playing, speed, cursor, looping, slow },
        picture: picture(file.picture, own_scale)?,
    })
}

/// The start and the scale that a surface has of itself.
fn own(choice: &SurfaceChoice) -> Result<(Vec<f64>, HeightScale), Problem> {
    match choice {
        SurfaceChoice::Catalogue(id) => {
            surface::find(id).map(|surface| (surface.start.clone(), surface.scale)).map_err(Refusal::UnknownSurface)
        }
        SurfaceChoice::Model(choice) => {
            choice.surface().map(|surface| (surface.start, surface.scale)).map_err(Refusal::from)
        }
        SurfaceChoice::Slice(slice) => {
            slice.surface().map(|surface| (surface.start, surface.scale)).map_err(Refusal::Slice)
        }
        SurfaceChoice::Formula(text) => surface::Surface::from_formula(text, None)
            .map(|surface| (surface.start, surface.scale))
            .map_err(|problems| Refusal::Formula { text: text.clone(), problems }),
    }
    .map_err(Problem::from)
}

/// A seed as a file has it.
pub(super) fn seed_form(seed: u64) -> Seed {
    u32::try_from(seed).map_or_else(|_| Seed::Text(seed.to_string()), Seed::Number)
}

/// A seed of a file.
pub(super) fn seed(seed: Seed) -> Result<u64, Problem> {
    match seed {
        Seed::Number(number) => Ok(u64::from(number)),
        Seed::Text(text) => text
            .parse()
            .map_err(|_| Problem::from(Refusal::Setting(SettingError::NotANumber { name: "seed".to_owned(), text }))),
    }
}

fn picture(form: PictureForm, own: HeightScale) -> Result<Picture, Problem> {
    let usual = Picture::default();
    let layers = match form.layers {
        None => usual.layers,
        Some(names) => names
            .into_iter()
            .map(|name| {
                let known = || Layer::ALL.iter().map(|layer| layer.id()).collect();
                Layer::of(&name).ok_or_else(|| Problem::UnknownLayer { name, known: known() })
            })
            .collect::<Result<BTreeSet<_>, _>>()?,
    };
    let heights = form.heights.map_or(own.into(), scale);
    let axis = |form: AxisForm| SweepAxis { name: form.name, range: form.range };
    let CameraForm { yaw, pitch, zoom, target } = form.camera;
    Ok(Picture {
        view: match form.view {
            ViewForm::Auto => View::Auto,
            ViewForm::Relief => View::Relief,
            ViewForm::Both => View::Both,
            ViewForm::Basins => View::Basins,
            ViewForm::Sweep => View::Sweep,
        },
        layers,
        arrows: form.arrows,
        epsilon: form.epsilon,
        heights,
        losses: scale(form.losses),
        range: form.range,
        camera: Camera { yaw, pitch, zoom, target },
        relief: form.relief.map_or(own.into(), scale),
        motion: match form.motion {
            MotionForm::Roll => Motion::Roll,
            MotionForm::Jump => Motion::Jump,
        },
        follow: form.follow,
        maps: MapChoice { size: form.maps.size, axes: [axis(form.maps.across), axis(form.maps.up)] },
    })
}

pub(super) fn scale(form: ScaleForm) -> Scale {
    match form {
        ScaleForm::Linear => Scale::Linear,
        ScaleForm::Log => Scale::Log,
    }
}

pub(super) fn scale_form(scale: Scale) -> ScaleForm {
    match scale {
        Scale::Linear => ScaleForm::Linear,
        Scale::Log => ScaleForm::Log,
    }
}
