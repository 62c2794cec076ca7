//! `downhill train`: a net trained on data, an epoch a line.

mod choice;
mod files;
mod progress;
mod table;

use std::path::PathBuf;

use clap::Args;

use super::Context;
use super::args::{Format, OutputArgs};
use super::data::{self, How};
use super::failure::{Failure, say};
use super::number;
use super::output::Output;
use super::race::RaceArgs;
use crate::explain;
use crate::i18n::{Lang, fill};
use crate::nn::{Architecture, Initializer, Loss, Precision, Training};
use choice::{ActivationList, LayerList, NetChoice, RecipeChoice};
use files::Files;
use progress::Progress;
use table::{Rows, Table};

/// The most epochs of a run.
const MAX_EPOCHS: usize = 10_000_000;

#[derive(Args)]
pub(super) struct Arguments {
    /// A data set (`downhill datasets` lists them), a curve (`y = sin(x)`), a table FILE.csv, or idx:FOLDER
    #[arg(long, value_name = "DATA")]
    data: String,
    /// The widths of the hidden layers; empty for none
    #[arg(long, value_name = "N,N…", default_value = "", allow_hyphen_values = true)]
    layers: String,
    /// The activation of all hidden layers, or one for each
    #[arg(long, value_name = "NAME[:NUMBER],…", default_value = "relu")]
    activation: String,
    /// The activation of the output layer
    #[arg(long, value_name = "NAME[:NUMBER]", default_value = "identity")]
    output_activation: String,
    /// What is minimized [default: mse for numbers, bce_with_logits for two classes, softmax_cross_entropy for more]
    #[arg(long, value_name = "NAME[:NUMBER]")]
    loss: Option<String>,
    #[command(flatten)]
    optimizer: RaceArgs,
    /// What changes the learning rate from step to step (`downhill schedules` lists the kinds)
    #[arg(long, value_name = "SPEC", allow_hyphen_values = true)]
    schedule: Option<String>,
    /// How many rows a step sees, or `full` for all of them
    #[arg(long, value_name = "N|full", default_value = "32", allow_hyphen_values = true)]
    batch: String,
    /// How often the net sees all the rows
    #[arg(long, value_name = "N", default_value = "100", allow_hyphen_values = true)]
    epochs: String,
    /// The factor of the sum of the weights' absolute values, part of the loss
    #[arg(long, value_name = "X", default_value = "0", allow_hyphen_values = true)]
    l1: String,
    /// The factor of the sum of the weights' squares, part of the loss
    #[arg(long, value_name = "X", default_value = "0", allow_hyphen_values = true)]
    l2: String,
    /// The share of the hidden activations that a step leaves out
    #[arg(long, value_name = "P", default_value = "0", allow_hyphen_values = true)]
    dropout: String,
    /// The numbers in which the net computes
    #[arg(long, value_name = "f32|f64", default_value = "f32")]
    precision: String,
    /// Deal the rows in their order in place of a new one for each epoch
    #[arg(long)]
    no_shuffle: bool,
    /// The share of the rows that is kept for validation
    #[arg(long, value_name = "FRACTION", default_value = "0", allow_hyphen_values = true)]
    validation: String,
    /// How the first weights are drawn
    #[arg(long, value_name = "NAME[:NUMBER]", default_value = "glorot_uniform", conflicts_with = "init")]
    initializer: String,
    /// Which weights, batches and dropped neurons, and which rows where they are drawn
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Take the first weights from this file
    #[arg(long, value_name = "FILE.safetensors")]
    init: Option<PathBuf>,
    /// Write the last weights to this file
    #[arg(long, value_name = "FILE.safetensors")]
    save: Option<PathBuf>,
    /// Write the gradient of the loss over all the data at the first weights to this file
    #[arg(long, value_name = "FILE.safetensors")]
    gradients: Option<PathBuf>,
    /// Write the trained net to this file, as JSON
    #[arg(long, value_name = "FILE.json")]
    model: Option<PathBuf>,
    /// Split each batch between so many threads; the last bits depend on it
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: u16,
    /// How the rows are written
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let lang = context.lang;
    let loss = args.loss.as_deref().map(|text| choice::named::<Loss>("--loss", text, lang)).transpose()?;
    let precision: Precision = choice::named("--precision", &args.precision, lang)?;
    let validation = number::finite("--validation", &args.validation, lang)?;
    let epochs = number::steps("--epochs", &args.epochs, MAX_EPOCHS, lang)?;
    let layers = LayerList::read(&args.layers, lang)?;
    let activations = ActivationList::read(&args.activation, &args.output_activation, layers.len(), lang)?;
    let initializer: Initializer = choice::named("--initializer", &args.initializer, lang)?;
    let recipe = RecipeChoice {
        optimizer: &args.optimizer,
        schedule: args.schedule.as_deref(),
        batch: &args.batch,
        factors: [&args.l1, &args.l2, &args.dropout],
        shuffle: !args.no_shuffle,
        seed: args.seed.unwrap_or(0),
    };
    let recipe = recipe.read(lang)?;

    let how = How { wanted: choice::wanted(loss), test: validation, seed: args.seed, ..How::default() };
    let opened = data::open(&args.data, &how, lang)?;
    opened.notices.iter().for_each(|notice| say(notice));
    let split = opened.split;
    let loss = loss.unwrap_or_else(|| choice::usual_loss(&split.train));
    let net = NetChoice { layers, activations, loss }.net(&split.train);
    net.check().map_err(|error| Failure::Input(explain::training(lang, &error.into())))?;

    let weights = match &args.init {
        Some(path) => files::weights(path, &net, lang)?,
        None => initializer.parameters(&net, args.seed.unwrap_or(0)),
    };
    let recipe = recipe.with_loss(loss);
    let mut training = Training::new(&net, &weights, split.train.clone(), &recipe, precision)
        .map_err(|error| Failure::Input(explain::training(lang, &error)))?;
    training.set_parts(usize::from(args.threads));

    // Files that cannot be written are found out before the work.
    let mut output = Output::open(&args.output, lang)?;
    let files = Files::open([&args.save, &args.gradients, &args.model], lang)?;
    let gradient = files.wants_gradient().then(|| training.gradient());
    let test = (split.test.rows() > 0).then_some(&*split.test);
    let mut table = Table::new(args.format, &about(args, &net, &recipe, precision));
    let course = Course { epochs, threads: usize::from(args.threads) };
    let last = course.run(&mut training, &split.train, test, (&mut output, &mut table), lang)?;
    table.end(&mut output, &training, epochs, lang)?;
    output.finish()?;
    if let Some(stop) = training.stopped() {
        say(&explain::stop(lang, &stop));
        if let Some(epoch) = last.epoch.filter(|_| files.wants_weights()) {
            say(&fill(lang, "cli.kept_weights", &[("epoch", &epoch)]));
        }
    }
    files.write((&net, precision), &last.weights, gradient.as_deref(), lang)
}

/// What a JSON answer says before its rows.
fn about(
    args: &Arguments,
    net: &Architecture,
    recipe: &crate::nn::Recipe,
    precision: Precision,
) -> Vec<(String, super::json::Json)> {
    use super::json::Json;
    let layers = net.layers.iter().map(|layer| {
        Json::object([
            ("units", Json::Count(layer.units as u64)),
            ("activation", Json::text(layer.activation.to_string())),
        ])
    });
    let settings = recipe.optimizer.hyperparameters.iter().zip(&recipe.settings);
    let settings = settings.map(|(h, &value)| (h.name.clone(), super::run::setting(h, value))).collect();
    let fields = [
        ("data", Json::text(args.data.as_str())),
        ("inputs", Json::Count(net.inputs as u64)),
        ("layers", Json::List(layers.collect())),
        ("parameters", Json::Count(net.parameters() as u64)),
        ("loss", Json::text(recipe.loss.to_string())),
        ("optimizer", Json::text(recipe.optimizer.id.as_str())),
        ("settings", Json::Object(settings)),
        ("precision", Json::text(precision.to_string())),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// How long, and on how many threads.
struct Course {
    epochs: usize,
    threads: usize,
}

/// The last weights that are finite, and after how many epochs they were: none where the training came to its end.
struct Last {
    weights: Vec<f64>,
    epoch: Option<usize>,
}

impl Course {
    /// Trains, and writes a row for each epoch; a value that is not finite makes the last one.
    fn run(
        &self,
        training: &mut Training,
        train: &crate::nn::Dataset,
        test: Option<&crate::nn::Dataset>,
        (output, table): (&mut Output, &mut Table),
        lang: Lang,
    ) -> Result<Last, Failure> {
        let batches = training.place().batches;
        let progress = Progress::new(self.epochs, batches, lang);
        let crew = |work: &(dyn Fn() + Sync)| {
            std::thread::scope(|scope| {
                (1..self.threads).for_each(|_| _ = scope.spawn(work));
                work();
            });
        };
        let mut last = Last { weights: Vec::new(), epoch: None };
        for epoch in 0..=self.epochs {
            if epoch > 0 {
                while training.place().epoch < epoch && training.stopped().is_none() {
                    let made = if self.threads > 1 { training.step_with(&crew) } else { training.step() };
                    progress.step(training.place().step, made.loss);
                }
            }
            let measures = Rows { train: training.measure(train), test: test.map(|test| training.measure(test)) };
            table.row(output, epoch, &measures)?;
            progress.epoch(measures.train.loss);
            if training.stopped().is_some() {
                last.epoch = Some(epoch.saturating_sub(1));
                break;
            }
            training.weights(&mut last.weights);
        }
        progress.end();
        Ok(last)
    }
}
