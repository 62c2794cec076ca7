//! Going back: forks with their ghosts, starts of one's own, undo and redo.

use crate::session::apply;
use downhill::i18n::Lang;
use downhill::scenario::{read, write};
use downhill::session::{Command, RacerId, Refusal, Session, View};

const FIRST: RacerId = RacerId(0);

fn session() -> Session {
    let mut session = Session::on("himmelblau", "sgd").unwrap_or_else(|refusal| panic!("{refusal:?}"));
    apply(&mut session, Command::MoveStart(vec![-0.4, 0.2]));
    apply(&mut session, Command::SetHyper { racer: FIRST, name: "momentum".into(), value: 0.8 });
    session
}

fn path(session: &Session, id: RacerId) -> Vec<Vec<f64>> {
    session.run(id).map(|run| run.rows().map(|row| row.w.to_vec()).collect()).unwrap_or_default()
}

fn fork_at(session: &mut Session, step: usize) {
    apply(session, Command::Seek(step as f64));
    apply(session, Command::Fork(FIRST));
}

fn set_rate(session: &mut Session, value: f64) {
    apply(session, Command::SetHyper { racer: FIRST, name: "lr".into(), value });
}

#[test]
fn a_fork_keeps_the_past_and_leaves_a_ghost() {
    let mut session = session();
    let old = path(&session, FIRST);
    fork_at(&mut session, 12);
    assert_eq!(path(&session, FIRST), old, "nothing is changed yet");
    set_rate(&mut session, 0.002);
    let new = path(&session, FIRST);
    assert_eq!(new[..=12], old[..=12]);
    assert_ne!(new[13], old[13]);
    let (ghost, run) = session.ghosts().next().unwrap_or_else(|| panic!("a ghost"));
    assert_eq!((ghost.of, ghost.since), (FIRST, 12));
    assert_eq!(run.rows().map(|row| row.w.to_vec()).collect::<Vec<_>>(), old);
    // The velocity goes on too: the first step after the fork is the old velocity at the new rate.
    let rate = |step: usize| session.run_at(FIRST, step).map(|run| run.spec().rate());
    assert_ne!(rate(11), rate(12));
    assert_eq!(rate(12), Some(0.002));
    // Another start: the past is made anew with what held then.
    apply(&mut session, Command::MoveStart(vec![0.1, 0.1]));
    let moved = path(&session, FIRST);
    assert_eq!(moved[0], [0.1, 0.1]);
    assert_eq!(path(&session, session.document().ghosts[0].racer.id), old, "a ghost stays where it was");
}

#[test]
fn forks_follow_each_other_and_are_taken_back_in_turn() {
    let mut session = session();
    let first = path(&session, FIRST);
    fork_at(&mut session, 10);
    apply(&mut session, Command::ChooseOptimizer { racer: FIRST, id: "adam".into() });
    let second = path(&session, FIRST);
    fork_at(&mut session, 20);
    set_rate(&mut session, 0.5);
    let third = path(&session, FIRST);
    assert_eq!(third[..=20], second[..=20]);
    assert_ne!(third[21..], second[21..]);
    let text = write(session.document());
    let again = read(&text).unwrap_or_else(|problem| panic!("{}", problem.message(Lang::En, &text).text));
    assert_eq!(&again, session.document());
    apply(&mut session, Command::Join(FIRST));
    assert_eq!(path(&session, FIRST), second);
    apply(&mut session, Command::Join(FIRST));
    assert_eq!(path(&session, FIRST), first);
    assert!(session.ghosts().next().is_none());
    assert_eq!(session.apply(Command::Join(FIRST)), Err(Refusal::NoFork(FIRST)));
}

#[test]
fn a_fork_into_the_past_forgets_the_forks_after_it() {
    let mut session = session();
    fork_at(&mut session, 20);
    set_rate(&mut session, 0.002);
    fork_at(&mut session, 5);
    set_rate(&mut session, 0.001);
    let legs = &session.racers()[0].legs;
    assert_eq!(legs.iter().map(|leg| leg.until).collect::<Vec<_>>(), [5]);
    assert_ne!(legs[0].drive.settings[0], 0.002, "up to there the first settings held");
    assert_eq!(session.ghosts().count(), 2);
    let ghost = session.document().ghosts[1].racer.id;
    apply(&mut session, Command::RemoveGhost(ghost));
    assert_eq!(session.ghosts().count(), 1);
    apply(&mut session, Command::ChooseSurface("rosenbrock".into()));
    assert!(session.ghosts().next().is_none() && session.racers()[0].legs.is_empty());
}

#[test]
fn a_racer_may_start_elsewhere() {
    let mut session = session();
    apply(&mut session, Command::AddRacer("sgd".into()));
    let second = session.racers()[1].id;
    apply(&mut session, Command::MoveRacerStart { racer: second, start: Some(vec![1.0, 1.0]) });
    apply(&mut session, Command::MoveStart(vec![0.5, 0.5]));
    assert_eq!((path(&session, FIRST)[0].clone(), path(&session, second)[0].clone()), (vec![0.5, 0.5], vec![1.0, 1.0]));
    assert_eq!(read(&write(session.document())).as_ref(), Ok(session.document()));
    let wrong = Command::MoveRacerStart { racer: second, start: Some(vec![1.0]) };
    assert_eq!(session.apply(wrong), Err(Refusal::Dimension { wanted: 2, found: 1 }));
    apply(&mut session, Command::MoveRacerStart { racer: second, start: None });
    assert_eq!(path(&session, second)[0], [0.5, 0.5]);
}

#[test]
fn settings_are_undone_a_gesture_at_a_time_and_time_is_not() {
    let mut session = session();
    apply(&mut session, Command::Settle);
    let before = session.document().clone();
    let rate = |session: &Session| session.racers()[0].rate();
    for value in [0.001, 0.002, 0.003] {
        set_rate(&mut session, value);
    }
    apply(&mut session, Command::Settle);
    set_rate(&mut session, 0.004);
    apply(&mut session, Command::SetNoise { sigma: 0.5, seed: 3 });
    apply(&mut session, Command::SetView(View::Auto));
    apply(&mut session, Command::Seek(7.0));
    apply(&mut session, Command::Undo);
    assert_eq!((session.document().noise, rate(&session)), (before.noise, 0.004));
    assert_eq!(session.document().transport.cursor, 7.0, "time stays");
    apply(&mut session, Command::Undo);
    assert_eq!(rate(&session), 0.003);
    apply(&mut session, Command::Undo);
    assert_eq!(rate(&session), before.racers[0].rate(), "a drag is one change");
    apply(&mut session, Command::Redo);
    apply(&mut session, Command::Redo);
    assert_eq!(rate(&session), 0.004);
    set_rate(&mut session, 0.006);
    assert!(!session.can_redo(), "a new change forgets what was taken back");
    while session.can_undo() {
        apply(&mut session, Command::Undo);
    }
    assert_eq!(session.apply(Command::Undo), Err(Refusal::NothingToUndo));
}

#[test]
fn what_another_scenario_replaced_comes_back() {
    let mut session = session();
    let before = session.document().clone();
    let other = Session::on("rosenbrock", "adam").unwrap_or_else(|refusal| panic!("{refusal:?}"));
    apply(&mut session, Command::Load(Box::new(other.document().clone())));
    apply(&mut session, Command::Undo);
    assert_eq!(session.document(), &before);
    // A document that a command cannot make whole is not undone into.
    apply(&mut session, Command::Redo);
    assert_eq!(session.document().surface, other.document().surface);
}
