"""The answers Telegram gives when it refuses, word for word, so that the bot meets them here first.

Read in the official server's source (tdlib/telegram-bot-api 10.0, `Client.cpp`) and in TDLib.
"""

from __future__ import annotations

from typing import Any

UNAUTHORIZED = "Unauthorized"
METHOD_NOT_FOUND = "Not Found: method not found"
NOT_FOUND = "Not Found"

CHAT_ID_EMPTY = "Bad Request: chat_id is empty"
CHAT_NOT_FOUND = "Bad Request: chat not found"
USER_NOT_FOUND = "Bad Request: user not found"
GROUP_UPGRADED = "Bad Request: group chat was upgraded to a supergroup chat"
BOT_BLOCKED = "Forbidden: bot was blocked by the user"
USER_DEACTIVATED = "Forbidden: user is deactivated"
BOT_KICKED = "Forbidden: bot was kicked from the supergroup chat"
GROUP_DELETED = "Forbidden: the group chat was deleted"
BOT_NOT_MEMBER = "Forbidden: bot is not a member of the supergroup chat"
NOT_ENOUGH_RIGHTS_SEND = "Bad Request: not enough rights to send text messages to the chat"
PRIVATE_HAS_NO_ADMINISTRATORS = "Bad Request: there are no administrators in the private chat"
CHAT_MEMBER_ONLY_IN_CHATS = "Bad Request: user not found"
CANNOT_LEAVE_PRIVATE = "Bad Request: chat member status can't be changed in private chats"

THREAD_NOT_FOUND = "Bad Request: message thread not found"
TOPIC_CLOSED = "Bad Request: TOPIC_CLOSED"
TOPIC_NOT_MODIFIED = "Bad Request: TOPIC_NOT_MODIFIED"
TOPIC_ID_INVALID = "Bad Request: TOPIC_ID_INVALID"
TOPIC_TITLE_EMPTY = "Bad Request: TOPIC_TITLE_EMPTY"
TOPIC_ICON_INVALID = "Bad Request: invalid topic icon color specified"
CHAT_NOT_FORUM = "Bad Request: the chat is not a forum"
NOT_ENOUGH_RIGHTS_TOPICS = "Bad Request: not enough rights to create a topic"
NOT_ENOUGH_RIGHTS_PIN = "Bad Request: not enough rights to manage pinned messages in the chat"

TEXT_EMPTY = "Bad Request: message text is empty"
TEXT_BLANK = "Bad Request: text must be non-empty"
TEXT_OVER_32K = "Bad Request: text is too long"
TEXT_TOO_LONG = "Bad Request: message is too long"
TEXT_TOO_LONG_EDIT = "Bad Request: MESSAGE_TOO_LONG"
CAPTION_TOO_LONG = "Bad Request: message caption is too long"
UNSUPPORTED_PARSE_MODE = "Bad Request: unsupported parse_mode"
NOT_UTF8 = "Bad Request: strings must be encoded in UTF-8"

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
EDIT_NOT_FOUND = "Bad Request: message to edit not found"
EDIT_REFUSED = "Bad Request: message can't be edited"
EDIT_NO_TEXT = "Bad Request: there is no text in the message to edit"
EDIT_NO_CAPTION = "Bad Request: there is no caption in the message to edit"
EDIT_NO_MEDIA = "Bad Request: there is no media in the message to edit"
DELETE_NOT_FOUND = "Bad Request: message to delete not found"
DELETE_REFUSED = "Bad Request: message can't be deleted"
REPLY_NOT_FOUND = "Bad Request: message to be replied not found"
COPY_NOT_FOUND = "Bad Request: message to copy not found"
COPY_REFUSED = "Bad Request: message can't be copied"
FORWARD_NOT_FOUND = "Bad Request: message to forward not found"
FORWARD_REFUSED = "Bad Request: message can't be forwarded"
NOTHING_TO_COPY = "Bad Request: there are no messages to copy"
NOTHING_TO_FORWARD = "Bad Request: there are no messages to forward"
REACT_NOT_FOUND = "Bad Request: message to react not found"
PIN_NOT_FOUND = "Bad Request: message to pin not found"
UNPIN_NOT_FOUND = "Bad Request: message to unpin not found"
REACTION_INVALID = "Bad Request: REACTION_INVALID"
MESSAGE_IDS_EMPTY = "Bad Request: message identifiers are not specified"
MESSAGE_ID_EMPTY = "Bad Request: message identifier is not specified"
MESSAGE_IDS_TOO_MANY = "Bad Request: too many message identifiers specified"
MESSAGE_IDS_NOT_ARRAY = "Bad Request: expected an Array of message identifiers"
MESSAGE_IDS_NOT_SORTED = "Bad Request: message identifiers must be in a strictly increasing order"

QUERY_TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
ANSWER_TOO_LONG = "Bad Request: MESSAGE_TOO_LONG"

MARKUP_NOT_JSON = "Bad Request: can't parse reply keyboard markup JSON object"
MARKUP_NOT_OBJECT = "Bad Request: object expected as reply markup"
MARKUP_TOO_LONG = "Bad Request: reply markup is too long"
MARKUP_INLINE_ONLY = "Bad Request: inline keyboard expected"
INLINE_ROWS = (
    'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
)
REPLY_ROWS = 'Bad Request: field "keyboard" must be an Array of Arrays'
BUTTON_DATA_INVALID = "Bad Request: BUTTON_DATA_INVALID"
BUTTON_URL_INVALID = "Bad Request: BUTTON_URL_INVALID"
BUTTON_COPY_TEXT_INVALID = "Bad Request: BUTTON_COPY_TEXT_INVALID"
INLINE_BUTTON = "Bad Request: can't parse inline keyboard button: "
REPLY_BUTTON = "Bad Request: can't parse keyboard button: "
REQUEST_PRIVATE_ONLY = "Bad Request: {} can be requested in private chats only"

FILE_TOO_BIG = "Bad Request: file is too big"
FILE_ID_EMPTY = "Bad Request: file_id not specified"
FILE_ID_INVALID = "Bad Request: invalid file_id"
FILE_ID_WRONG = "Bad Request: wrong remote file identifier specified: Wrong padding in the string"
FILE_EMPTY = "Bad Request: file must be non-empty"
FILE_URL_FAILED = "Bad Request: failed to get HTTP URL content"
FILE_MISSING = "Bad Request: there is no {} in the request"
FILE_TYPE_MISMATCH = "Bad Request: type of file mismatch"
UPLOAD_TOO_BIG = "Request Entity Too Large"
MEDIA_NOT_JSON = "Bad Request: can't parse media JSON object"
MEDIA_NOT_ARRAY = "Bad Request: expected an Array of InputMedia"
MEDIA_WRONG_COUNT = "Bad Request: too many messages to send as an album"
MEDIA_TOO_FEW = "Bad Request: there are no media to send"
MEDIA_NOT_FOUND = "Bad Request: can't parse InputMedia: media not found"
MEDIA_TYPE = 'Bad Request: can\'t parse InputMedia: type "{}" is unsupported'
ALBUM_MIXED = "Bad Request: can't use the media of the specified type in the album"
LATITUDE_EMPTY = "Bad Request: latitude is empty"
LONGITUDE_EMPTY = "Bad Request: longitude is empty"
LOCATION_INVALID = "Bad Request: invalid location specified"
ACTION_WRONG = "Bad Request: wrong parameter action in request"

POLL_WITH_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
POLL_TERMINATED = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
POLL_ENDED_BY_WEBHOOK = "Conflict: terminated by setWebhook request"
WEBHOOK_URL_INVALID = "Bad Request: invalid webhook URL specified"
WEBHOOK_SECRET_LONG = "Bad Request: secret token is too long"  # noqa: S105 - an error text
WEBHOOK_SECRET_BAD = "Bad Request: secret token contains unallowed characters"  # noqa: S105
WEBHOOK_FOREIGN = "Bad Request: bad webhook: the local Telegram calls loopback addresses only"

COMMANDS_NOT_JSON = "Bad Request: can't parse commands JSON object"
COMMANDS_NOT_ARRAY = "Bad Request: expected an Array of BotCommand"
COMMANDS_TOO_MANY = "Bad Request: BOT_COMMANDS_TOO_MUCH"
COMMAND_INVALID = "Bad Request: BOT_COMMAND_INVALID"
COMMAND_DESCRIPTION_INVALID = "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"
SCOPE_UNSUPPORTED = "Bad Request: can't parse BotCommandScope: Unsupported type specified"
SCOPE_CHAT_EMPTY = "Bad Request: can't parse BotCommandScope: Empty chat_id specified"
LANGUAGE_INVALID = "Bad Request: LANG_CODE_INVALID"
NAME_TOO_LONG = "Bad Request: USER_FIRST_NAME_INVALID"
ABOUT_TOO_LONG = "Bad Request: BOT_INFO_ABOUT_TOO_LONG"
DESCRIPTION_TOO_LONG = "Bad Request: BOT_INFO_DESCRIPTION_TOO_LONG"
MENU_BUTTON_UNSUPPORTED = "Bad Request: can't parse menu button: MenuButton has unsupported type"


class ApiError(Exception):
    """A refusal: its HTTP code, its words, and what Telegram adds to them."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def refused(description: str) -> ApiError:
    """Give the refusal whose code is the one its first word stands for."""
    head = description.split(":", 1)[0]
    return ApiError({"Forbidden": 403, "Conflict": 409}.get(head, 400), description)


def too_many_requests(retry_after_seconds: int) -> ApiError:
    """Give the 429 that asks the bot to wait."""
    return ApiError(
        429,
        f"Too Many Requests: retry after {retry_after_seconds}",
        retry_after=retry_after_seconds,
    )
