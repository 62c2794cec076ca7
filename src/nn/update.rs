//! The update rule at work on all parameters: text, made a graph over one column and compiled by the core. Weights and
//! states are replaced where they lie.

use smallvec::SmallVec;

use super::net::shape;
use super::precision::Real;
use crate::autodiff::{Graph, NodeId, Op, TensorPlan, TensorWorkspace};
use crate::lang::{Diagnostic, Rule};
use crate::optim::{ColumnInputs, Slot, add_column_start, add_column_step, rule_slots};

/// What is told to a step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub(super) loss: f64,
    pub(super) lr: f64,
    /// The number of the step, from 1.
    pub(super) t: u64,
    /// The momentum, where a schedule moves it.
    pub(super) momentum: Option<f64>,
}

/// A rule with its settings, compiled for so many parameters.
pub(super) struct Update<T> {
    /// The states that matter: a momentum of 0 needs no velocity.
    slots: Vec<Slot>,
    memory: usize,
    start: TensorPlan<T>,
    step: TensorPlan<T>,
    work: TensorWorkspace<T>,
    moved: bool,
    local: bool,
}

/// The states of a step, a slice for each.
pub(super) type States<'a, T> = SmallVec<[&'a mut [T]; 8]>;

impl<T: Real> Update<T> {
    /// `settings` are the hyperparameters besides the rate, by name; that of the name `moved` is told at each step.
    pub(super) fn new(
        rule: &Rule,
        parameters: usize,
        settings: &[(&str, f64)],
        moved: Option<&str>,
    ) -> Result<Self, Diagnostic> {
        let (all, _) = rule_slots(rule, parameters);
        let mut graph = Graph::new();
        // A training stops at the first value that is not finite.
        graph.assume_finite();
        let column = shape(parameters, 1);
        let w = graph.input_shaped(column);
        let states: Vec<NodeId> = all.iter().map(|slot| graph.input_shaped(shape(slot.len, 1))).collect();
        let g = graph.input_shaped(column);
        let (loss, lr, t, momentum) = (graph.input(), graph.input(), graph.input(), graph.input());
        let nodes: Vec<(&str, NodeId)> = settings
            .iter()
            .map(|&(name, value)| (name, if Some(name) == moved { momentum } else { graph.constant(value) }))
            .collect();
        let hyper = |name: &str| nodes.iter().find(|(known, _)| *known == name).map(|(_, node)| *node);
        let given = ColumnInputs { w, g, loss, lr, t, memory: &states, hyper: &hyper };
        let (next_w, next) = add_column_step(&mut graph, rule, &given)?;
        let first = add_column_start(&mut graph, rule, w, lr, &hyper)?;

        let kept = living(&graph, next_w, &states, &next);
        let of = |nodes: &[NodeId]| kept.iter().map(|&k| nodes[k]).collect::<Vec<_>>();
        let mut memory = 0;
        let slots = kept.iter().map(|&k| {
            let offset = memory;
            memory += all[k].len;
            Slot { offset, ..all[k].clone() }
        });
        let slots = slots.collect();
        let (state, next) = ([vec![w], of(&states)].concat(), [vec![next_w], of(&next)].concat());
        // What sums over all parameters needs all of them.
        let reached = graph.reached(next.iter().copied());
        let sums = graph.nodes().iter().zip(&reached).any(|(node, &reached)| reached && matches!(node.op, Op::Sum(_)));
        let local = !sums && kept.iter().all(|&k| all[k].len == parameters);
        let step = TensorPlan::compile_update(&graph, &state, &[g, loss, lr, t, momentum], &next);
        let start = TensorPlan::compile(&graph, &[w, lr, momentum], &of(&first));
        Ok(Self { slots, memory, work: step.workspace(), start, step, moved: moved.is_some(), local })
    }

    /// Whether each parameter is treated by itself.
    pub(super) fn is_local(&self) -> bool {
        self.local
    }

    /// Whether a schedule moves the momentum of its steps.
    pub(super) fn is_moved(&self) -> bool {
        self.moved
    }

    /// The states before the first step.
    pub(super) fn start(&self, weights: &[T], lr: f64, momentum: f64) -> Vec<T> {
        let mut memory = vec![T::default(); self.memory];
        let mut outputs = cut(&self.slots, &mut memory);
        let (lr, momentum) = ([T::of(lr)], [T::of(momentum)]);
        self.start.run(&mut self.start.workspace(), &[weights, &lr, &momentum], &mut outputs);
        drop(outputs);
        memory
    }

    /// The states of `old` by name; what it does not have is as in `first`.
    pub(super) fn take_over(&self, mut first: Vec<T>, old: &[(String, Vec<T>)]) -> Vec<T> {
        for slot in &self.slots {
            let known = old.iter().find(|(name, values)| *name == slot.name && values.len() == slot.len);
            if let (Some((_, values)), Some(own)) = (known, first.get_mut(slot.offset..slot.offset + slot.len)) {
                own.copy_from_slice(values);
            }
        }
        first
    }

    /// The states by name.
    pub(super) fn states<'a>(&'a self, memory: &'a [T]) -> impl Iterator<Item = (&'a str, &'a [T])> {
        self.slots
            .iter()
            .map(|slot| (slot.name.as_str(), memory.get(slot.offset..slot.offset + slot.len).unwrap_or_default()))
    }

    /// Makes a step; whether all parameters are finite after it.
    pub(super) fn step(&mut self, weights: &mut [T], memory: &mut [T], gradient: &[T], told: Told) -> bool {
        let states = cut(&self.slots, memory);
        self.step_at(weights, states, gradient, told)
    }

    /// The same with the states apart.
    pub(super) fn step_at<'a>(
        &mut self,
        weights: &'a mut [T],
        states: States<'a, T>,
        gradient: &[T],
        told: Told,
    ) -> bool {
        let Told { loss, lr, t, momentum } = told;
        let one = |value: f64| [T::of(value)];
        let (loss, lr, t, momentum) = (one(loss), one(lr), one(t as f64), one(momentum.unwrap_or(f64::NAN)));
        let mut state: SmallVec<[&mut [T]; 16]> = SmallVec::new();
        state.push(weights);
        state.extend(states);
        self.step.update(&mut self.work, &mut state, &[gradient, &loss, &lr, &t, &momentum])
    }
}

/// The places of the states on which the next parameters depend, now or later.
fn living(graph: &Graph, next_w: NodeId, states: &[NodeId], next: &[NodeId]) -> Vec<usize> {
    let mut kept = vec![false; states.len()];
    loop {
        let roots = kept.iter().zip(next).filter(|(kept, _)| **kept).map(|(_, node)| *node);
        let reached = graph.reached(std::iter::once(next_w).chain(roots));
        let now: Vec<bool> = states.iter().map(|state| reached[state.index()]).collect();
        if now == kept {
            return (0..kept.len()).filter(|&k| kept[k]).collect();
        }
        kept = now;
    }
}

/// The parts of the memory, a slot each.
fn cut<'a, T>(slots: &[Slot], memory: &'a mut [T]) -> States<'a, T> {
    let mut rest = memory;
    slots
        .iter()
        .map(|slot| {
            let (own, behind) = std::mem::take(&mut rest).split_at_mut(slot.len);
            rest = behind;
            own
        })
        .collect()
}
