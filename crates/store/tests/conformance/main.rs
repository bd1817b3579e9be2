//! What every store must do, told noun by noun, on every store.

mod accounts;
mod backups;
mod bookings;
mod commits;
mod concurrency;
mod conversations;
mod copying;
mod customers;
mod definitions;
mod endpoints;
mod facts;
mod fetches;
mod gauges;
mod identities;
mod inbox;
mod leases;
mod limits;
mod links;
mod merges;
mod outbox;
mod paper;
mod principals;
mod properties;
mod quarantine;
mod samples;
mod schema;
mod senders;
mod sending;
mod sharing;
mod sources;
mod tasks;
mod travellers;

use store::{PoolSize, Postgres, SqlStore, Sqlite};

/// Two that write and two that read: enough for what goes wrong between several.
const SIZE: PoolSize = PoolSize { writers: 2, readers: 2 };

async fn in_memory() -> Option<SqlStore> {
    Some(Sqlite::in_memory().await.expect("a fresh store opens"))
}

async fn on_a_server() -> Option<SqlStore> {
    let url = postgres_for_tests::schema().await?;
    Some(Postgres::open(&url, SIZE).await.expect("a fresh store opens"))
}

/// Runs each story on a fresh store of each kind.
macro_rules! suite {
    ([$($module:ident :: $story:ident),+ $(,)?]) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $story() {
                    tell!(crate::in_memory(), $module::$story);
                }
            )+
        }

        mod postgres {
            $(
                #[tokio::test]
                async fn $story() {
                    tell!(crate::on_a_server(), $module::$story);
                }
            )+
        }
    };
}

macro_rules! tell {
    ($open:expr, $module:ident :: $story:ident) => {
        let Some(store) = $open.await else { return };
        crate::samples::prepare(&store).await.expect("the sample organisation is kept");
        crate::$module::$story(&store).await.expect("the store works");
        store::Health::close(&store).await;
    };
}

suite!([
    accounts::organisations_keep_their_text,
    accounts::accounts_are_found_by_address_without_case,
    accounts::sessions_end,
    accounts::what_staff_did_is_read_newest_first,
    backups::a_restored_store_knows_what_went_before,
    links::a_link_works_once,
    links::a_revoked_link_is_worthless,
    links::keys_open_until_they_are_revoked,
    sources::counts_add_up_per_day_and_for_ever,
    sources::imports_are_followed,
    definitions::journeys_change_but_not_what_is_live,
    definitions::an_edit_of_a_draft_can_be_taken_back,
    definitions::while_one_types_few_earlier_texts_are_kept,
    definitions::two_editors_never_overwrite_each_other,
    definitions::versions_are_numbered_and_never_change,
    senders::senders_and_staff_addresses_are_kept,
    senders::what_keeps_a_sender_from_sending_is_kept,
    senders::the_first_reason_of_a_suppression_stays,
    principals::principals_are_kept_with_their_logo,
    principals::what_goes_in_another_name_waits_apart,
    senders::many_are_suppressed_at_once_and_found_by_a_part,
    conversations::the_last_that_was_heard_of_an_address_is_known_for_a_while,
    bookings::days_are_saved_as_one_and_only_as_they_were_seen,
    bookings::a_case_is_saved_with_what_it_tells,
    bookings::what_is_to_be_settled_is_found,
    inbox::what_comes_twice_is_kept_once,
    inbox::events_are_applied_in_order_of_arrival,
    inbox::an_event_waits_for_its_object,
    inbox::counting_without_identity_adds_up,
    inbox::the_newest_of_each_name_are_found,
    quarantine::both_kinds_stand_in_one_list,
    quarantine::an_accepted_event_is_taken_again_or_discarded,
    quarantine::many_leave_at_once_and_the_rest_stays,
    sources::a_webhook_is_kept_and_replaced,
    endpoints::an_endpoint_is_kept_changed_and_removed,
    endpoints::a_delivery_is_written_with_its_change_and_once,
    endpoints::an_endpoint_with_something_due_is_claimed_once,
    endpoints::deliveries_go_after_their_time_and_with_their_endpoint,
    fetches::what_is_due_is_claimed_once,
    fetches::a_change_by_staff_wins_over_one_that_runs,
    fetches::rows_are_remembered_by_what_they_said,
    identities::names_and_objects_lead_to_customers,
    identities::a_merged_customer_is_followed,
    identities::someone_elses_name_is_a_conflict,
    merges::what_is_joined_is_written_whole_or_not_at_all,
    merges::a_merge_moves_what_hangs_on_a_run,
    merges::a_merge_is_taken_back,
    merges::runs_of_one_customer_are_folded,
    travellers::what_is_written_is_loaded,
    travellers::due_customers_come_in_turn,
    travellers::a_paused_journey_is_not_due,
    travellers::what_cannot_be_done_steps_out_of_the_queue,
    travellers::publishing_makes_open_runs_due_at_the_callers_pace,
    commits::a_stale_revision_writes_nothing,
    commits::one_conflict_leaves_the_others,
    commits::changes_of_one_customer_may_follow_each_other,
    commits::an_effect_is_written_once,
    commits::a_run_that_moved_leaves_nothing_behind,
    outbox::what_is_told_afterwards_counts_for_what_stands_so,
    paper::a_letter_is_printed_put_back_and_posted,
    paper::a_printed_letter_is_taken_back_and_nobody_is_late_with_paper,
    outbox::a_message_is_carried_to_its_end,
    outbox::a_message_is_found_by_what_its_provider_calls_it,
    outbox::a_stale_attempt_changes_nothing,
    outbox::a_refused_channel_is_decided_again,
    outbox::what_was_never_handed_over_is_as_it_was,
    outbox::a_doubt_stays_until_another_channel_is_chosen,
    outbox::an_outcome_that_cannot_be_written_is_put_aside,
    outbox::each_lane_goes_by_itself_and_service_first,
    outbox::what_a_crash_left_is_found,
    outbox::what_is_taken_back_does_not_go,
    outbox::lists_and_counts_agree,
    outbox::counts_say_of_each_touchpoint_what_came_of_it,
    outbox::the_pause_between_two_asks_is_known,
    sending::a_pace_is_kept_and_service_goes_first,
    sending::what_is_behind_goes_last_and_slowly,
    sending::after_a_pause_what_was_ready_is_behind,
    sending::what_waits_is_decided_anew,
    sending::halts_stand_until_they_are_over,
    tasks::a_task_is_done_once,
    tasks::tasks_are_listed_by_urgency,
    tasks::a_task_may_turn_out_to_be_a_complaint,
    customers::customers_are_found_by_beginnings_of_words,
    customers::a_story_is_told_in_order,
    customers::a_count_leads_to_its_customers,
    customers::customers_with_events_are_found_in_the_order_of_their_ids,
    facts::a_reader_sees_every_fact_once,
    facts::a_removed_run_is_told,
    facts::a_moved_run_is_told_whole,
    limits::too_much_at_once_is_refused,
    limits::pages_have_a_longest,
    limits::nothing_that_comes_in_is_too_long_or_too_odd,
    limits::the_store_says_whether_it_works,
    concurrency::a_claim_gives_a_row_to_one,
    concurrency::of_many_changes_of_one_revision_one_wins,
    concurrency::a_failing_commit_takes_back_only_itself,
    concurrency::a_caller_that_goes_away_leaves_no_half,
    leases::buckets_are_shared_fairly,
    leases::a_lease_that_is_renewed_is_left_alone,
    leases::who_was_taken_over_writes_nothing,
    leases::work_goes_to_whom_its_bucket_belongs,
    leases::an_event_that_missed_its_object_is_woken,
    leases::an_older_format_is_kept_out,
    leases::the_only_one_holds_everything_for_ever,
    gauges::what_waits_is_counted,
    gauges::a_sound_store_says_so,
    properties::counts_equal_what_was_accepted,
]);
