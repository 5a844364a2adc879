"""Answers when something cannot be done, as a page or (for htmx) as a part of one.

None of them says 失败 for something that may have happened.
"""

import structlog
from flask import Flask, g, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from ylyx_site.identity.visitor import Nobody, visitor
from ylyx_site.shared import htmx
from ylyx_site.shared.db import OutcomeUnknownError, db, let_go
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import say
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.web import safe_next

Answer = tuple[str, int]
log = structlog.get_logger()


def register(app: Flask) -> None:
    """Answer refusals, HTTP errors and breakdowns with plain words."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OutcomeUnknownError, _unknown)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolTimeoutError, _busy)
    app.register_error_handler(Exception, _bug)


def answer(status: int, title: str, sentence: str, back: str = "/") -> Answer:
    """The page or the part for `status`, with one thing to do."""
    _know_the_reader()
    template = "errors/_error.html" if htmx.is_htmx() else "errors/error.html"
    return render(template, status=status, title=title, sentence=sentence, back=back), status


def _know_the_reader() -> None:
    """Ask who reads, for the bar around the page; nobody, when the database cannot tell."""
    try:
        visitor()
    except SQLAlchemyError:
        let_go(db.session())
        _read_by_nobody()


def _read_by_nobody() -> None:
    """Say so before the page is made: it must not ask the database that just failed."""
    if "_login_user" not in g:
        g._login_user = Nobody()  # noqa: SLF001 where Flask-Login keeps whom it has looked up


def _refusal(refusal: Refusal) -> Answer:
    titles = {404: _("没有这一页"), 409: _("内容变了")}
    return answer(refusal.status, titles.get(refusal.status, _("现在不行")), say(refusal))


def _csrf(_error: CSRFError) -> Answer:
    back = safe_next(request.form.get("back"), request.path if request.method == "GET" else "/")
    return answer(
        400, _("这一页放得太久了"), _("为了您的安全，请回到上一页刷新后再提交一次。"), back
    )


def _http(error: HTTPException) -> Answer | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    if status == 404:
        return _refusal(NotFound())
    most = (request.max_content_length or 0) // 2**20
    sentences = {
        405: (_("没有这一页"), _("这个地址不能这样打开。请从首页重新进入。")),
        413: (
            _("内容太大"),
            _("发来的内容超过 %(most)d MB。请减少文字或换小一点的文件。", most=most),
        ),
        429: (_("太快了"), _("操作太频繁。请等一分钟再试，或打电话给人工台。")),
    }
    title, sentence = sentences.get(
        status, (_("请求有误"), _("这个请求我们看不懂。请从首页重新进入。"))
    )
    return answer(status, title, sentence)


def _unknown(error: OutcomeUnknownError) -> Answer:
    _read_by_nobody()
    log.error("outcome unknown", error=repr(error))
    return answer(
        503, _("结果待确认"), _("网络断了一下，可能已经办好。请把同一张表再提交一次，不会重复。")
    )


def _database(error: DBAPIError) -> Answer:
    _read_by_nobody()
    log.error("database", error=type(error.orig).__name__, endpoint=request.endpoint)
    let_go(db.session())
    if not error.connection_invalidated and type(error).__name__ != "OperationalError":
        return _bug(error)
    return answer(503, _("没有提交"), _("系统正忙，您的操作没有提交。请过一会儿再试。"))


def _busy(error: PoolTimeoutError) -> Answer:
    _read_by_nobody()
    log.error("no connection free", error=repr(error))
    return answer(503, _("没有提交"), _("系统正忙，您的操作没有提交。请过一会儿再试。"))


def _bug(error: Exception) -> Answer:
    log.error("unhandled", exc_info=error, endpoint=request.endpoint)
    let_go(db.session())
    return answer(500, _("出错了"), _("这是我们的问题，已经记录。请再试一次，或打电话给人工台。"))
