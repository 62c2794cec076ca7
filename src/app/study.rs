//! What is found out about the selected racer's step: its parts, its lines, the ground under it, what rate it bears, why it
//! does not get on. Data without words and colors, kept until the step or the descent is another.

use std::sync::Arc;

use crate::descent::{Anatomy, Character, Descent, Probe, Spec, Stall};
use crate::explain::{WorkedLine, worked};
use crate::num::linalg::norm;
use crate::objective::Evaluator;
use crate::optim::OptimizerSpec;
use crate::session::{RacerId, Session};
use crate::surface::{Curvature, Place};

/// What is found out about a step.
pub(super) struct Study {
    /// The step that is shown.
    pub step: usize,
    /// What it is made of; none where the optimizer's state is not known.
    pub anatomy: Option<Anatomy>,
    /// The lines of the rule with their numbers; none for native methods.
    pub lines: Vec<WorkedLine>,
    /// Slope and curvature at the iterate.
    pub ground: Curvature,
    /// What kind of place it is.
    pub place: Place,
    /// The tangent's end and the loss there (1D).
    pub tangent: Option<Tangent>,
    /// What is found out about the whole descent.
    pub whole: Whole,
}

/// How good the linear approximation is.
#[derive(Clone, Copy)]
pub(super) struct Tangent {
    /// How far along it.
    pub epsilon: f64,
    /// What it says there.
    pub linear: f64,
    /// The loss there.
    pub truth: f64,
}

/// What is found out about a descent.
#[derive(Clone)]
pub(super) struct Whole {
    /// How the rule's steps depend on the slope.
    pub character: Character,
    /// The steepest slope on the way.
    pub steepest: f64,
    /// Why it did not arrive, if something is seen.
    pub stall: Option<Stall>,
}

/// The studies of the last frame.
#[derive(Default)]
pub(super) struct Studies {
    whole: Option<(WholeKey, Whole)>,
    step: Option<((WholeKey, usize), Study)>,
    character: Option<(Arc<OptimizerSpec>, Vec<f64>, Character)>,
    /// What asks the descent about its steps: compiled once for all of them.
    probe: Option<(WholeKey, Option<Probe>)>,
}

/// The revisions of descents and surface, the racer, and the leg of its descent.
type WholeKey = (u64, u64, RacerId, usize);

impl Studies {
    /// The character of a rule with its settings: found out again only when one of them is another.
    fn character(&mut self, spec: &Spec) -> Character {
        let known = self
            .character
            .as_ref()
            .filter(|(optimizer, settings, _)| Arc::ptr_eq(optimizer, &spec.optimizer) && *settings == spec.settings);
        if let Some((_, _, character)) = known {
            return *character;
        }
        let character = Character::of(&spec.optimizer, &spec.settings);
        self.character = Some((spec.optimizer.clone(), spec.settings.clone(), character));
        character
    }

    /// The study of the step of the selected racer that is shown; none while it is hidden.
    pub(super) fn of(&mut self, session: &Session, evaluator: &mut Evaluator) -> Option<&Study> {
        let racer = session.selected()?;
        let run = session.run(racer.id)?;
        let step = session.step().min(run.last_step());
        let leg = racer.legs.iter().take_while(|leg| leg.until <= step).count();
        let key = (session.runs_revision(), session.surface_revision(), racer.id, leg);
        // What holds is what held when the step was made.
        let made = session.run_at(racer.id, step)?;
        if self.step.as_ref().is_none_or(|(known, _)| *known != (key, step)) {
            let whole = match self.whole.take().filter(|(known, _)| *known == key) {
                Some((_, whole)) => whole,
                None => whole(run, self.character(made.spec()), evaluator),
            };
            self.whole = Some((key, whole.clone()));
            let (_, probe) = match self.probe.take().filter(|(known, _)| *known == key) {
                Some(known) => self.probe.insert(known),
                None => self.probe.insert((key, made.probe())),
            };
            self.step = Some(((key, step), study(session, made, step, (evaluator, probe.as_mut()), whole)));
        }
        let (_, study) = self.step.as_mut()?;
        study.tangent = tangent(session, &study.ground, evaluator);
        Some(study)
    }
}

fn tangent(session: &Session, ground: &Curvature, evaluator: &mut Evaluator) -> Option<Tangent> {
    let ([x], [slope]) = (&ground.at[..], &ground.gradient[..]) else { return None };
    let epsilon = session.epsilon();
    Some(Tangent { epsilon, linear: ground.value + slope * epsilon, truth: evaluator.value(&[x + epsilon]) })
}

fn whole(run: &Descent, character: Character, evaluator: &mut Evaluator) -> Whole {
    let slopes = run.rows().map(|row| norm(row.gradient)).filter(|slope| slope.is_finite());
    Whole { character, steepest: slopes.fold(0.0, f64::max), stall: run.stall(evaluator) }
}

fn study(
    session: &Session,
    run: &Descent,
    step: usize,
    (evaluator, mut probe): (&mut Evaluator, Option<&mut Probe>),
    whole: Whole,
) -> Study {
    let ground = Curvature::at(evaluator, run.row(step).w);
    let width = session.surface().domain.iter().map(|[low, high]| high - low).fold(0.0, f64::max);
    Study {
        step,
        anatomy: probe.as_mut().and_then(|probe| probe.anatomy(run, step)),
        lines: probe.as_mut().map_or_else(Vec::new, |probe| worked(run, probe, step)),
        place: ground.place(whole.steepest, width),
        ground,
        tangent: None,
        whole,
    }
}
