// web/dashboard/answers/tell.tsx - what a person says of a comment: that it is a conversation or none, and who the customer in it is.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button } from "@mantine/core";
import { type ReactElement, useRef } from "react";
import { changeResponse, type ResponseDetail } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { say, sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

interface Speaker {
	label: string;
	customer: boolean;
}

/** The server takes labels without regard to capitals. */
function speakersOf(answer: ResponseDetail): Speaker[] {
	const all = new Map<string, Speaker>();
	for (const { label, customer } of answer.turns) {
		const key = label.normalize("NFKC").toLowerCase();
		if (!all.has(key)) all.set(key, { label, customer });
	}
	return [...all.values()];
}

/** Something may be a label: a word before a sign that ends one. Smileys, times and addresses are none. */
const labelled = /[\p{L}\p{N})\]*]\s?[:>|](?![/\d)(-])/u;

/** "[phone]" is not what stands in the text, and nothing can be said of it. */
const masked = /\[.+\]/;

function Customer({ speakers, onSay }: { speakers: Speaker[]; onSay: (labels: string[]) => void }): ReactElement {
	const t = useWords("answers");
	const change = (speaker: Speaker) => {
		const chosen = speakers.filter((one) => (one === speaker ? !one.customer : one.customer)).map((one) => one.label);
		if (chosen.length > 0) onSay(chosen);
		else say(t("talk_one"));
	};
	return (
		<fieldset className="talk-speakers">
			<legend>{t("talk_customer")}</legend>
			{speakers.map((one) => (
				<label key={one.label}>
					<input type="checkbox" checked={one.customer} onChange={() => change(one)} /> <span dir="auto">{one.label}</span>
				</label>
			))}
		</fieldset>
	);
}

type Told = { transcript: boolean | null; customer_labels?: string | null };

export function Tell({ answer, onTold }: { answer: ResponseDetail; onTold: () => Promise<void> }): ReactElement | null {
	const t = useWords("answers");
	const f = useFormat();
	const { role } = useMe();
	const sending = useRef(false);
	const speakers = speakersOf(answer);
	const is = speakers.length > 0 || answer.transcript === true;
	const hidden = role !== "owner" && role !== "admin" && [answer.customer_labels ?? "", ...speakers.map((one) => one.label)].some((label) => masked.test(label));
	if (answer.state === "deleted" || hidden || (!is && !labelled.test(answer.comment ?? ""))) return null;

	const tell = async (told: Told) => {
		await changeResponse({ response: answer.id, body: told });
		await onTold();
	};
	const send = async (told: Told, words: string) => {
		if (sending.current) return;
		sending.current = true;
		const { transcript, customer_labels } = answer;
		try {
			await tell(told);
			undoable(words, () => tell({ transcript, customer_labels }));
		} catch (error) {
			sayBad(sentenceOf(error));
		} finally {
			sending.current = false;
		}
	};
	return (
		<div className="talk-tell no-print">
			{speakers.length > 1 && (
				<Customer
					speakers={speakers}
					onSay={(labels) => void send({ transcript: true, customer_labels: labels.join(", ") }, t("did_talk_customer", { names: f.list(labels) }))}
				/>
			)}
			<Button variant="subtle" size="compact-sm" onClick={() => void send({ transcript: !is }, t(is ? "did_talk_not" : "did_talk_is"))}>
				{t(is ? "talk_is_not" : "talk_is")}
			</Button>
		</div>
	);
}
