"""Which chapter, and which place in it, helps with a page of the desk."""

from sessions.staff.handbook import chapters

# By the beginning of the name of the page's address; the longest one counts.
HELP = {
    "index": ("README", ""),
    "app_list": ("README", "where-to-find-what"),
    "handbook": ("README", ""),
    "find": ("people", "find-a-person"),
    "password_change": ("colleagues", "a-forgotten-password"),
    "auth_user": ("colleagues", ""),
    "auth_user_add": ("colleagues", "invite-a-colleague"),
    "auth_user_remove": ("colleagues", "a-colleague-leaves"),
    "auth_user_second_factor": ("colleagues", "a-lost-telephone-or-key"),
    "auth_group": ("colleagues", "which-role"),
    "mfa": ("colleagues", "a-lost-telephone-or-key"),
    "online_sessions_season": ("season", ""),
    "online_sessions_season_announce": ("writing", "announce-a-season"),
    "online_sessions_season_timetable": ("season", "see-what-happens-when"),
    "online_sessions_season_widget": ("season", "show-the-sessions-on-other-web-pages"),
    "online_sessions_season_clock": ("season", "rehearse-a-season"),
    "online_sessions_season_copy": ("season", "copy-the-last-season"),
    "online_sessions_season_archive": ("season", "when-the-season-is-over"),
    "online_sessions_season_figures": ("season", "read-the-figures"),
    "online_sessions_season_sentence": ("season", "close-the-season"),
    "online_sessions_season_publish_figures": ("season", "publish-the-figures"),
    "online_sessions_season_take_back_figures": ("season", "publish-the-figures"),
    "online_sessions_season_store_figures": ("season", "close-the-season"),
    "online_sessions_season_figures_file": ("season", "read-the-figures"),
    "online_sessions_season_open": ("season", "publish-and-open-registration"),
    "online_sessions_season_publish": ("season", "publish-and-open-registration"),
    "online_sessions_season_take_back": ("writing", "announce-a-season"),
    "online_sessions_season_bring_translations": ("season", "translate-the-programme"),
    "online_sessions_season_translate": ("season", "translate-the-programme"),
    "online_sessions_season_translations": ("season", "translate-the-programme"),
    "online_sessions_season_withdraw": ("season", "publish-and-open-registration"),
    "online_sessions_session": ("season", "write-the-sessions"),
    "online_sessions_session_announce": ("writing", "announce-recordings-and-slides"),
    "online_sessions_session_take_back": ("writing", "announce-recordings-and-slides"),
    "online_sessions_session_invite": ("season", "invite-people-to-a-closed-session"),
    "online_sessions_session_publish": ("season", "publish-and-open-registration"),
    "online_sessions_session_bring_translations": ("season", "translate-the-programme"),
    "online_sessions_session_translate": ("season", "translate-the-programme"),
    "online_sessions_session_translations": ("season", "translate-the-programme"),
    "online_sessions_session_withdraw": ("season", "publish-and-open-registration"),
    "online_sessions_speakerquestion": ("week", "answer-questions-to-the-speakers"),
    "online_sessions_speakerquestion_moderator": ("day", "while-a-session-goes-on"),
    "online_sessions_uploadedtable": ("season", "invite-people-to-a-closed-session"),
    "online_sessions_occurrence": ("season", "move-or-call-off-a-time-slot"),
    "online_sessions_occurrence_change": ("season", "give-a-time-slot-more-places"),
    "online_sessions_occurrence_parts": ("season", "hold-a-time-slot-in-parts"),
    "online_sessions_pagetext": ("season", "change-the-pages-about-the-site"),
    "online_sessions_pagetext_bring_translations": ("season", "translate-the-programme"),
    "online_sessions_pagetext_translate": ("season", "translate-the-programme"),
    "online_sessions_pagetext_translations": ("season", "translate-the-programme"),
    "online_sessions_party": ("season", "keep-the-list-of-the-parties"),
    "registrations_slotchange": ("season", "move-or-call-off-a-time-slot"),
    "registrations_circular": ("writing", ""),
    "registrations_circular_take_back": ("writing", "take-a-circular-back"),
    "registrations_registration": ("people", ""),
    "registrations_registration_answers": ("season", "ask-a-question-of-your-own"),
    "registrations_registration_export": ("season", "close-the-season"),
    "registrations_registration_move_people": ("people", "move-somebody-to-another-time-slot"),
    "registrations_occurrence_day_sheet": ("day", "before-a-session-begins-today"),
    "registrations_occurrence_attendance": ("week", "see-who-was-there"),
    "registrations_attendanceupload": ("week", "see-who-was-there"),
    "registrations_occurrence_telephone": ("people", "register-somebody-who-calls"),
    "registrations_participant": ("people", "find-a-person"),
    "registrations_participant_address": ("people", "correct-an-address"),
    "registrations_participant_name": ("people", "correct-a-name"),
    "registrations_participant_merge": ("people", "merge-two-entries-of-one-person"),
    "registrations_transfer": ("people", "move-somebody-to-another-time-slot"),
    "registrations_seatremoval": ("people", "take-a-place-away"),
    "registrations_seatremoval_suspects": ("people", "sign-ups-that-look-made-up"),
    "registrations_nextseasonsubscriber": ("writing", "announce-a-season"),
    "registrations_invitation": ("season", "invite-people-to-a-closed-session"),
    "registrations_invitationbatch": ("season", "invite-people-to-a-closed-session"),
    "registrations_admissionrequest": ("season", "invite-people-to-a-closed-session"),
    "registrations_message": ("mail-back", "a-mail-has-not-arrived"),
    "registrations_message_box": ("season", "rehearse-a-season"),
    "registrations_message_boxed": ("season", "rehearse-a-season"),
    "registrations_message_post": ("mail-back", "the-page-post"),
    "registrations_message_send_again": ("people", "send-a-mail-again"),
    "registrations_mailbox": ("mail-back", "mailboxes-in-trouble"),
    "registrations_staffaction": ("colleagues", "who-did-what"),
}


def with_page(url_name: str) -> tuple[str, str] | None:
    """The chapter and the place for the page of this name; None where the table has nothing for it."""
    fitting = [beginning for beginning in HELP if url_name == beginning or url_name.startswith(f"{beginning}_")]
    return HELP[max(fitting, key=len)] if fitting else None


def address(request) -> str:
    """Where "Help" leads to from the page that is asked for."""
    match = request.resolver_match
    return chapters.address(*(with_page((match and match.url_name) or "") or HELP["index"]))
