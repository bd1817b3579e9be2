//! The names that figures carry. What each means stands in `docs/MEASURES.md` under the same name.

macro_rules! definitions {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        $($(#[$doc])* pub const $name: &str = $text;)+

        /// Every name.
        pub const ALL: &[&str] = &[$($text),+];
    };
}

definitions! {
    /// Runs that started.
    RUNS_STARTED = "runs.started";
    /// Of those, still open.
    RUNS_OPEN = "runs.open";
    /// Dropped off.
    RUNS_DROPPED = "runs.dropped";
    /// Came to their end.
    RUNS_DONE = "runs.done";
    /// Left.
    RUNS_LEFT = "runs.left";
    /// Stopped by us.
    RUNS_STOPPED = "runs.stopped";
    /// Share that reached the goal.
    GOAL_SHARE = "goal.share";
    /// Share that reached it in time.
    GOAL_WITHIN = "goal.within";
    /// Runs of which that is not known yet.
    GOAL_OPEN = "goal.open";
    /// Contacts with an answer.
    ANSWERS = "answers.contacts";
    /// Mean experience of a touchpoint.
    EXPERIENCE_MEAN = "experience.mean";
    /// Share of marks of 9 and higher.
    EXPERIENCE_HIGH = "experience.high";
    /// Share of marks of 5 and lower.
    EXPERIENCE_LOW = "experience.low";
    /// Mean of the curve.
    JOURNEY_MEAN = "journey.mean";
    /// Peak-end of the curve.
    JOURNEY_PEAK_END = "journey.peak_end";
    /// End of the curve.
    JOURNEY_END = "journey.end";
    /// Mean experience per run.
    RUN_MEAN = "run.mean";
    /// Mean peak-end per run.
    RUN_PEAK_END = "run.peak_end";
    /// Share of runs that had a touchpoint.
    REACH_SHARE = "reach.share";
    /// Runs that had it.
    REACH_RUNS = "reach.runs";
    /// Times that it happened.
    REACH_CONTACTS = "reach.contacts";
    /// Share that had it more than once.
    REACH_AGAIN = "reach.again";
    /// Median time since the contact before.
    TIME_SINCE_PREVIOUS = "time.since_previous";
    /// Runs that came this far or farther.
    FLOW_RUNS = "flow.runs";
    /// Runs that went on after a touchpoint.
    FATE_WENT_ON = "fate.went_on";
    /// Runs that are still there.
    FATE_OPEN = "fate.open";
    /// Runs that dropped off there.
    FATE_DROPPED = "fate.dropped";
    /// Runs that came to their end there.
    FATE_DONE = "fate.done";
    /// Runs that left there.
    FATE_LEFT = "fate.left";
    /// Runs that we stopped there.
    FATE_STOPPED = "fate.stopped";
    /// Share that went away there: dropped off, left or stopped by us.
    EXIT_SHARE = "exit.share";
    /// The part of it for one reason.
    EXIT_REASON = "exit.reason";
    /// Share of runs that went back.
    LOOP_SHARE = "loop.share";
    /// Share of the visits to the touchpoint that leads back.
    LOOP_OF_VISITORS = "loop.of_visitors";
    /// Times that a run went back.
    LOOP_PASSES = "loop.passes";
    /// Contacts on one rail.
    RAIL_CONTACTS = "rail.contacts";
    /// Mean experience on one rail.
    RAIL_MEAN = "rail.mean";
    /// Share of promises kept.
    PROMISE_KEPT = "promise.kept";
    /// Share of messages that arrived.
    MESSAGE_DELIVERED = "message.delivered";
    /// Share of messages that were opened.
    MESSAGE_READ = "message.read";
    /// Net promoter score of the journey.
    JOURNEY_NPS = "journey.nps";
    /// Net promoter score of a touchpoint.
    TOUCHPOINT_NPS = "touchpoint.nps";
    /// Share of asked runs that answered.
    RESPONSE_SHARE = "response.share";
    /// Runs that reached a step of a funnel.
    FUNNEL_RUNS = "funnel.runs";
    /// As a share of those that entered it.
    FUNNEL_SHARE = "funnel.share";
    /// As a share of those that reached the step before and are decided.
    FUNNEL_STEP_SHARE = "funnel.step_share";
    /// Runs that stand at a step and may still go on.
    FUNNEL_OPEN = "funnel.open";
    /// Runs that did not get past a step.
    FUNNEL_LOST = "funnel.lost";
    /// Median time since the step before.
    FUNNEL_SINCE_PREVIOUS = "funnel.since_previous";
    /// Median time since the first step.
    FUNNEL_SINCE_FIRST = "funnel.since_first";
    /// Share of runs with exactly this sequence.
    VARIANT_SHARE = "variant.share";
    /// Times that one touchpoint directly followed another.
    FOLLOWS_COUNT = "follows.count";
    /// Median time between them.
    FOLLOWS_MEDIAN = "follows.median";
    /// Share of runs that went this way after a touchpoint.
    PATH_SHARE = "path.share";
    /// Complaints that came in.
    COMPLAINTS = "complaint.count";
    /// Of those, open.
    COMPLAINTS_OPEN = "complaint.open";
    /// Of those, past their deadline.
    COMPLAINTS_OVERDUE = "complaint.overdue";
    /// Share resolved in time.
    COMPLAINTS_IN_TIME = "complaint.in_time";
    /// Time to word that it came in.
    COMPLAINTS_ACKNOWLEDGED = "complaint.acknowledged_after";
    /// Time to the resolution.
    COMPLAINTS_RESOLVED = "complaint.resolved_after";
    /// Mean experience before.
    RECOVERY_BEFORE = "recovery.before";
    /// Mean experience after.
    RECOVERY_AFTER = "recovery.after";
    /// The difference.
    RECOVERY_GAINED = "recovery.gained";
}
