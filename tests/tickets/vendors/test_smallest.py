"""The least of every shape: what people keep when they cut an export down to what they need."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tickets.vendors.desk import read, roles

LEAST = {
    "chatwoot": '{"id":9,"status":"resolved","labels":["billing"],"messages":[{"message_type":0,"private":false,"content":"invoice?"},'
    '{"message_type":1,"private":false,"content":"Settings > Billing"}]}',
    "gorgias": '{"id":1,"status":"closed","spam":false,"messages":[{"from_agent":false,"public":true,"body_text":"Where is it?"},'
    '{"from_agent":true,"public":true,"macros":[{"id":8}],"body_text":"On its way."}],"satisfaction_survey":{"score":4}}',
    "front": '{"id":"cnv_1","status":"archived","status_category":"resolved","subject":"Wifi","messages":[{"is_inbound":true,"text":"No wifi"},'
    '{"is_inbound":false,"text":"Restart it."}]}',
    "frappe": '{"name":"0012","subject":"VPN","raised_by":"a@b.example","status":"Closed","status_category":"Resolved","description":"<p>No VPN</p>",'
    '"communications":[{"sent_or_received":"Sent","content":"<p>Update it.</p>"}]}',
    "github": '{"number":4,"state":"closed","state_reason":"completed","title":"Flag?","body":"Which flag?","user":"eva-m","labels":["question"],'
    '"comments":[{"author_association":"MEMBER","user":"priit","body":"Use --flag."}]}',
    "discourse": '{"id":8,"title":"Key","tags":["setup"],"post_stream":{"posts":[{"post_number":1,"cooked":"<p>Which key?</p>"},'
    '{"post_number":3,"staff":true,"accepted_answer":true,"cooked":"<p>The blue one.</p>"}]}}',
    "freescout": '{"number":31,"subject":"Refund","status":"closed","threadsCount":2,"mailboxId":1,"_embedded":{"threads":[{"type":"customer","body":"When?"},'
    '{"type":"message","body":"In 7 days."}]}}',
    "freescout-rows": 'number,subject,status,thread_type,first,body,saved_reply_id\n31,Refund,3,1,1,"<p>When?</p>",\n31,Refund,3,2,0,"<p>In 7 days.</p>",12\n',
    "osticket-rows": "number,subject,status,type,poster,body,created\n5,Key,Closed,M,Eva,Which key?,2026-01-05 10:00\n"
    "5,Key,Closed,R,Priit,The blue one.,2026-01-05 11:00\n",
    "uvdesk": 'ticket_id,status,threadType,createdBy,message\n4,resolved,create,customer,"<p>Where?</p>"\n4,resolved,reply,agent,"<p>Here.</p>"\n',
    "kaggle": "Ticket ID,Ticket Subject,Ticket Description,Ticket Status,Resolution\n1,Key,Which key?,Closed,The blue one.\n",
    "kaggle-multilingual": "subject,body,answer,type,queue,priority,language,tag_1\nKey,Which key?,The blue one.,Request,IT,high,en,Key\n",
}  # fmt: skip


@pytest.mark.parametrize("mapping", LEAST)
def test_question_and_answer_are_enough(tmp_path: Path, mapping: str) -> None:
    """Without people, times and all the rest it is still an answered ticket, read by its mapping."""
    data = LEAST[mapping]
    got = read(tmp_path, {"export.jsonl" if data[0] == "{" else "export.csv": data})
    assert got.mappings == [mapping]
    assert roles(got.only) == [("customer", "public"), ("agent", "public")]
    assert (got.only.resolved, got.only.resolution) == (True, "answered")
