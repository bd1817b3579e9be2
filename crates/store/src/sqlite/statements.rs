//! Every statement of the hot path leads to rows by their bucket.

use super::{claim, commit, event_rows, identities, inbox, message_rows, run_rows, task_rows, travellers};

#[test]
fn every_statement_of_the_hot_path_names_the_bucket() {
    let bulk = [
        event_rows::ACCEPT,
        event_rows::MARK,
        identities::ALIASES,
        identities::OBJECTS,
        identities::FORWARDS,
        travellers::CUSTOMERS,
        travellers::RUNS,
        run_rows::SAVE,
        message_rows::INSERT,
        task_rows::INSERT,
    ]
    .map(|(head, _, tail)| format!("{head} {tail}"));
    let single = [event_rows::COUNT, inbox::GET];
    let commit = [&commit::HOT_CUSTOMERS[..], &commit::HOT_STORY, &commit::HOT_EFFECTS, &claim::HOT];
    let all = bulk.iter().map(String::as_str).chain(single).chain(commit.into_iter().flatten().copied());
    for text in all {
        let leads = text.contains("(bucket, organisation")
            || text.contains("bucket = $1 AND organisation = $2")
            || text.contains("runs.bucket = learning.bucket");
        assert!(leads, "not led by the bucket: {text}");
    }
}
