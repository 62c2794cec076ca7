//! Between the form of a file about a net and its document.

use std::sync::Arc;

use super::file::{scale, scale_form, seed, seed_form};
use super::form::BatchForm;
use super::net_form::{
    DataForm, LayerForm, NetFile, NetForm, NetLegForm, NetPictureForm, NetTransportForm, PaintedForm, TableForm,
};
use super::racers::{drive, drive_form};
use super::{Problem, VERSION};
use crate::nn::data::{DataSpec, Painted, Source, Table, Task, find_dataset};
use crate::nn::{Dataset, Features, Initializer, Layer, Penalty, Targets, Values};
use crate::objective::Batch;
use crate::session::net::{
    NetDocument, NetLeg, NetPicture, NetRecipe, NetRefusal, NetTransport, NetView, Neuron, SliceChoice, Speed,
    WeightEdit,
};

/// The most numbers of a table that are written down.
const MOST_NUMBERS: usize = 200_000;

/// The text of a document.
pub(super) fn write(document: &NetDocument) -> String {
    let NetTransport { playing, speed, step, phase: _ } = document.transport;
    let picture = &document.picture;
    let net = NetForm {
        initializer: Some(document.initializer.to_string()),
        seed: seed_form(document.seed),
        precision: Some(document.precision.to_string()),
        layers: document.layers.iter().map(layer_form).collect(),
        data: data_form(&document.data),
        transport: NetTransportForm {
            playing,
            speed: if let Speed::Steps(pace) = speed { Some(pace) } else { None },
            step,
        },
        picture: NetPictureForm {
            view: (picture.view != NetView::default()).then(|| picture.view.id().to_owned()),
            neuron: picture.neuron.map(|neuron| [neuron.layer, neuron.unit]),
            weight: picture.weight,
            sample: picture.sample,
            losses: scale_form(picture.losses),
            test_points: picture.test_points,
            discrete: picture.discrete,
            slice_path: picture.slice.path,
            slice_seed: seed_form(picture.slice.seed),
        },
        leg: document.legs.iter().map(leg_form).collect(),
    };
    // The form has only tables, texts and numbers, and all of them can be written.
    toml::to_string(&NetFile { version: VERSION, net }).unwrap_or_default()
}

fn layer_form(layer: &Layer) -> LayerForm {
    LayerForm { units: layer.units, activation: layer.activation.to_string() }
}

fn leg_form(leg: &NetLeg) -> NetLegForm {
    let NetRecipe { loss, penalty, dropout, drive, batch, shuffle } = &leg.recipe;
    let (optimizer, rule, settings) = drive_form(drive);
    NetLegForm {
        since: leg.since,
        loss: loss.to_string(),
        l1: penalty.l1,
        l2: penalty.l2,
        dropout: *dropout,
        shuffle: *shuffle,
        optimizer,
        rule,
        schedule: drive.schedule.clone(),
        batch: BatchForm { size: batch.size, seed: seed_form(batch.seed) },
        settings,
        edits: leg.edits.iter().map(|edit| (edit.place, edit.value)).collect(),
    }
}

fn data_form(spec: &DataSpec) -> DataForm {
    let mut form = DataForm {
        rows: Some(spec.rows),
        noise: Some(spec.noise),
        classes: Some(spec.classes),
        seed: seed_form(spec.seed),
        test: Some(spec.test),
        features: spec.features.clone(),
        ..DataForm::default()
    };
    match &spec.source {
        Source::Entry(id) => form.entry = Some(id.clone()),
        Source::Formula { text, range } => (form.formula, form.range) = (Some(text.clone()), Some(*range)),
        Source::Painted { task, plane, points } => {
            let points = points.iter().map(|point| [point.at[0], point.at[1], point.value]).collect();
            form.painted = Some(PaintedForm { task: task.id().to_owned(), plane: *plane, points });
        }
        Source::Table(table) => form.table = Some(table_form(table)),
    }
    form
}

/// The rows of a table, training and testing together; of a large one only its name.
fn table_form(table: &Table) -> TableForm {
    let data = &table.data;
    let classes = match &data.targets {
        Targets::Classes { names, .. } => Some(names.clone()),
        Targets::Numbers { .. } => None,
    };
    let inputs = data.inputs();
    let whole = table.test.is_none() && data.rows() * (inputs + 1) <= MOST_NUMBERS;
    let rows = match &data.features.values {
        Values::Numbers(values) if whole => {
            let target = |row: usize| match &data.targets {
                Targets::Classes { labels, .. } => labels.get(row).map_or(f64::NAN, |label| f64::from(*label)),
                Targets::Numbers { cols, values } => values.get(row * cols).copied().unwrap_or(f64::NAN),
            };
            let row = |(row, inputs): (usize, &[f64])| inputs.iter().copied().chain([target(row)]).collect();
            values.chunks_exact(inputs.max(1)).enumerate().map(row).collect()
        }
        _ => Vec::new(),
    };
    TableForm { name: table.name.clone(), columns: data.features.names.clone(), classes, rows }
}

/// The document of a form; whether it is whole is for the session to say.
pub(super) fn document(file: NetFile) -> Result<NetDocument, Problem> {
    let form = file.net;
    let NetTransportForm { playing, speed, step } = form.transport;
    Ok(NetDocument {
        data: data(form.data)?,
        layers: form.layers.into_iter().map(layer).collect::<Result<_, _>>()?,
        initializer: form.initializer.map_or(Ok(Initializer::default()), |name| name.parse())?,
        seed: seed(form.seed)?,
        precision: form.precision.map_or(Ok(crate::nn::Precision::F32), |name| name.parse())?,
        legs: form.leg.into_iter().map(leg).collect::<Result<_, _>>()?,
        transport: NetTransport { playing, speed: speed.map_or(Speed::Full, Speed::Steps), step, phase: 0 },
        picture: picture(form.picture)?,
    })
}

fn layer(form: LayerForm) -> Result<Layer, Problem> {
    Ok(Layer { units: form.units, activation: form.activation.parse()? })
}

fn leg(form: NetLegForm) -> Result<NetLeg, Problem> {
    let recipe = NetRecipe {
        loss: form.loss.parse()?,
        penalty: Penalty { l1: form.l1, l2: form.l2 },
        dropout: form.dropout,
        drive: drive(form.optimizer, form.rule, form.schedule, form.settings)?,
        batch: Batch { size: form.batch.size, seed: seed(form.batch.seed)? },
        shuffle: form.shuffle,
    };
    let edits = form.edits.into_iter().map(|(place, value)| WeightEdit { place, value }).collect();
    Ok(NetLeg { since: form.since, recipe, edits })
}

fn data(form: DataForm) -> Result<DataSpec, Problem> {
    let usual = match &form.entry {
        Some(id) => {
            let wrong = |unknown| NetRefusal::from(crate::nn::data::DataError::Unknown(unknown));
            DataSpec::of(find_dataset(id).map_err(|unknown| Problem::NetRefused(Box::new(wrong(unknown))))?)
        }
        None => DataSpec {
            source: Source::Entry(String::new()),
            rows: 100,
            noise: 0.0,
            classes: 2,
            seed: 0,
            test: 0.5,
            features: Vec::new(),
        },
    };
    let source = match (form.entry, form.formula, form.painted, form.table) {
        (Some(_), None, None, None) => usual.source,
        (None, Some(text), None, None) => Source::Formula { text, range: form.range.unwrap_or([-3.0, 3.0]) },
        (None, None, Some(painted), None) => self::painted(painted)?,
        (None, None, None, Some(table)) => self::table(table)?,
        _ => return Err(Problem::Choice { fields: &["entry", "formula", "painted", "table"] }),
    };
    Ok(DataSpec {
        source,
        rows: form.rows.unwrap_or(usual.rows),
        noise: form.noise.unwrap_or(usual.noise),
        classes: form.classes.unwrap_or(usual.classes),
        seed: seed(form.seed)?,
        test: form.test.unwrap_or(usual.test),
        features: form.features,
    })
}

fn painted(form: PaintedForm) -> Result<Source, Problem> {
    let tasks = [Task::Binary, Task::Classes, Task::Regression];
    let task = tasks.into_iter().find(|task| task.id() == form.task).ok_or_else(|| Problem::Word {
        word: form.task.clone(),
        known: tasks.iter().map(|task| task.id()).collect(),
    })?;
    let point = |[x, y, value]: [f64; 3]| Painted { at: [x, y], value };
    let points = Arc::new(form.points.into_iter().map(point).collect());
    Ok(Source::Painted { task, plane: form.plane, points })
}

fn table(form: TableForm) -> Result<Source, Problem> {
    let width = form.columns.len() + 1;
    if form.rows.is_empty() || form.rows.iter().any(|row| row.len() != width) {
        return Err(Problem::NoRows { name: form.name });
    }
    let inputs = form.rows.iter().flat_map(|row| row.iter().take(width - 1)).copied().collect();
    let last = form.rows.iter().filter_map(|row| row.last()).copied();
    let targets = match form.classes {
        Some(names) => Targets::Classes { names, labels: last.map(|label| label.max(0.0) as u32).collect() },
        None => Targets::Numbers { cols: 1, values: last.collect() },
    };
    let features = Features { names: form.columns, values: Values::Numbers(inputs) };
    Ok(Source::Table(Table { name: form.name, data: Arc::new(Dataset { features, targets }), test: None }))
}

fn picture(form: NetPictureForm) -> Result<NetPicture, Problem> {
    let view = match form.view {
        None => NetView::default(),
        Some(id) => NetView::of(&id)
            .ok_or_else(|| Problem::Word { word: id, known: NetView::ALL.iter().map(|view| view.id()).collect() })?,
    };
    Ok(NetPicture {
        view,
        neuron: form.neuron.map(|[layer, unit]| Neuron { layer, unit }),
        weight: form.weight,
        sample: form.sample,
        losses: scale(form.losses),
        test_points: form.test_points,
        discrete: form.discrete,
        slice: SliceChoice { path: form.slice_path, seed: seed(form.slice_seed)? },
    })
}
