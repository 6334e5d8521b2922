"""What a room may type that it should not, row by row of a catalogue of 118, and its test.

| row | what comes in | its test |
|---|---|---|
| 1, 2, 4 to 9 | a join code that is none, or typed in another way | tests/vocabulary/test_text.py::test_a_bad_code_gets_a_sentence, tests/vocabulary/test_text.py::test_a_code_may_be_typed_in_many_ways, tests/room/test_server.py::test_a_wrong_code_gets_a_sentence_on_the_join_page |
| 3 | look-alikes in a code: ours hold none | tests/bad_inputs/test_codes.py::test_a_look_alike_in_a_code_sends_the_eye_back_to_the_screen |
| 10 | a code that no workshop has | tests/workshop/test_workshop.py::test_nobody_joins_a_workshop_or_a_team_that_is_not_there, tests/bad_inputs/test_codes.py::test_every_unknown_code_gets_the_same_sentence |
| 22 to 31 | a name that is none | tests/vocabulary/test_text.py::test_a_bad_name_gets_a_sentence, tests/bad_inputs/test_names.py::test_a_name_that_draws_something_is_refused |
| 32 | one name in two spellings | tests/vocabulary/test_text.py::test_two_spellings_of_one_name_are_the_same, tests/bad_inputs/test_names.py::test_two_spellings_of_one_partner_are_told_apart_by_nobody |
| 33 | one name in two alphabets | tests/bad_inputs/test_names.py::test_a_partner_that_looks_like_another_is_refused |
| 34 | a 41st team | tests/workshop/test_workshop.py::test_a_room_that_cannot_be_gets_a_sentence_and_nothing_is_made, tests/bad_inputs/test_names.py::test_the_forty_first_team_is_one_too_many |
| 36 to 42 | what is no score | tests/vocabulary/test_text.py::test_anything_else_is_no_score, tests/room/test_vote.py::test_what_is_no_score_is_refused_in_a_sentence, tests/bad_inputs/test_scores.py::test_what_is_no_score_leaves_the_saved_one_as_it_was |
| 43 | a forged tap | tests/room/test_vote.py::test_a_body_that_is_no_tap_is_refused_in_a_sentence |
| 44 | another domain | tests/bad_inputs/test_scores.py::test_a_domain_that_is_not_being_scored_gets_a_sentence, tests/room/test_vote.py::test_a_tap_for_another_round_or_domain_is_refused |
| 45 | a score after the reveal | tests/workshop/test_workshop.py::test_scores_are_refused_with_the_reason |
| 46 | a score for another seat: no request can name one | tests/room/test_vote.py::test_a_device_without_a_seat_is_refused, tests/workshop/test_workshop.py::test_a_seat_of_one_workshop_is_none_in_another |
| 47 | a double tap, two tabs | tests/workshop/test_workshop.py::test_a_score_is_saved_and_a_change_of_mind_replaces_it, tests/room/test_ballot.py::test_two_tabs_of_one_seat_agree_with_the_last_tap |
| 50, 54 to 56 | a note too long, with hidden marks, of 40 lines, or empty | tests/bad_inputs/test_texts.py::test_a_note_that_cannot_be_kept_says_why, tests/bad_inputs/test_texts.py::test_forty_lines_become_ten |
| 51 | markup in a text | tests/pages/test_shown_as_text.py::test_a_note_and_an_action_are_shown_as_they_were_typed, tests/room/test_shown_as_text_in_chromium.py::test_no_screen_draws_runs_or_follows_what_was_typed |
| 52, 82 | a formula in a cell | tests/exports/test_cells.py::test_a_cell_that_would_start_a_formula_becomes_text, tests/exports/test_cells.py::test_a_formula_that_was_typed_leaves_in_the_plan_as_text |
| 53 | somebody's details | tests/bad_inputs/test_personal.py::test_details_are_asked_about_and_may_be_kept, tests/bad_inputs/test_personal.py::test_figures_of_a_plan_are_not_taken_for_details |
| 57 to 59, 63 | an action without a test, a lead, a coming day or a known word | tests/workshop/test_planning.py::test_a_test_that_cannot_be_kept_gets_a_sentence, tests/bad_inputs/test_actions.py::test_a_choice_that_was_not_offered_lists_those_that_are, tests/bad_inputs/test_actions.py::test_a_decision_or_an_answer_that_was_not_offered_lists_those_that_are, tests/workshop/test_open_actions.py::test_what_cannot_be_asked_for_gets_a_sentence |
| 60 | a review years ahead | tests/bad_inputs/test_actions.py::test_a_review_years_ahead_is_asked_about_and_may_be_kept |
| 61 | a forged day | tests/bad_inputs/test_actions.py::test_a_day_that_is_none_gets_a_sentence |
| 64 | the same test twice | tests/bad_inputs/test_actions.py::test_the_same_test_with_the_same_lead_is_planned_once |
| 66 | an action that somebody else just changed | tests/workshop/test_planning.py::test_an_edit_is_a_new_version_and_the_newest_is_the_plan, tests/pages/test_pages.py::test_an_older_form_never_undoes_a_newer_edit, tests/workshop/test_cycles.py::test_a_cycle_is_studied_once_and_an_older_form_changes_nothing |
| 67 | an action carried over is taken away: it is dropped, and stays in its plan | tests/bad_inputs/test_actions.py::test_an_action_carried_over_is_dropped_and_never_deleted |
| 62 | a day or a word that is none, in a file | tests/bad_inputs/test_plan_files.py::test_a_day_that_is_none_is_named_by_row, tests/bad_inputs/test_plan_files.py::test_a_cell_that_cannot_be_is_named_by_row_and_column |
| 68 to 74, 76 to 78, 80, 81 | a file that is no plan: empty, of another kind, too large, ragged, with an open quote | tests/bad_inputs/test_plan_files.py::test_a_file_that_is_no_plan_is_refused_in_a_sentence |
| 75 | other marks between columns | tests/bad_inputs/test_plan_files.py::test_columns_may_be_separated_as_a_spreadsheet_does_and_rows_be_empty |
| 79 | a column that is missing or unknown | tests/bad_inputs/test_plan_files.py::test_what_is_missing_is_named_beside_what_is_unknown |
| 84 | one action in two rows | tests/bad_inputs/test_plan_files.py::test_a_row_that_is_twice_there_new_or_of_another_workshop_is_refused |
| 85 | more than 20 faults | tests/bad_inputs/test_plan_files.py::test_of_many_faults_twenty_are_told_and_nothing_is_taken |
| 87 | a file of another kind | tests/bad_inputs/test_plan_files.py::test_a_file_of_another_kind_is_not_opened |
| 88 | the same file again | tests/exports/test_plan_file.py::test_what_differs_is_shown_first_and_taken_as_a_new_version |
| 86 | a file's name with marks of Markdown or a path | tests/bad_inputs/test_files.py::test_the_name_of_a_file_is_shown_and_never_followed |
| 89, 90, 92 | an instrument that is no JSON, too deep, too large, or says a thing twice | tests/test_instrument.py::test_refuses_what_is_no_instrument_at_all, tests/test_instrument.py::test_says_what_to_change_and_how |
| 91 | another number of domains or statements, one key twice | tests/test_instrument.py::test_twelve_domains_are_the_most, tests/test_instrument.py::test_two_domains_cannot_be_taken_for_one |
| 93 | markup in wording | tests/test_instrument.py::test_wording_is_plain_text, tests/pages/test_shown_as_text.py::test_the_wording_of_an_editor_is_shown_as_it_was_typed |
| 94 | another wording while a workshop scores | tests/bad_inputs/test_files.py::test_a_workshop_keeps_the_wording_it_was_set_up_with |

Held elsewhere, or without a surface so far: 11 to 13 (a closed room, many wrong codes, two rooms),
14 to 21 (signing in), 35 (renaming a team), 48 and 49 (too fast, a full disk), 65 (tables to edit:
there is none), 83 (scores in a file), 95 to 99 (copies to restore), 100 to 109 (links, HTTP and
the websocket), 110 to 118 (starting).
"""  # noqa: E501
