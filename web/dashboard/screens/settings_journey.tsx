// web/dashboard/screens/settings_journey.tsx - the steps at which customers are asked, in their order.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { ActionIcon, Button, Group, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconGripVertical } from "@tabler/icons-react";
import { type FormEvent, type ReactElement, useRef, useState } from "react";
import { listTouchpoints, setTouchpoints, type Touchpoint } from "../api.ts";
import { Part, SettingsPage } from "../settings/layout.tsx";
import { useSave } from "../settings/save.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

type Step = Pick<Touchpoint, "code" | "name">;

/** A code that nobody types: from the name, and unlike the others. */
function codeOf(name: string, taken: string[]): string {
	const plain = name
		.normalize("NFKD")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "_")
		.replace(/^_+|_+$/g, "")
		.slice(0, 40);
	const base = /^[a-z]/.test(plain) ? plain : `step_${plain}`.replace(/_$/, "");
	for (let n = 1; ; n++) {
		const code = n === 1 ? base : `${base}_${n}`;
		if (!taken.includes(code)) return code;
	}
}

function moved<T>(list: T[], from: number, to: number): T[] {
	const next = [...list];
	const [one] = next.splice(from, 1);
	if (one !== undefined) next.splice(to, 0, one);
	return next;
}

function Steps(props: { steps: Step[]; onChange: (steps: Step[]) => void }): ReactElement {
	const t = useWords("settings");
	const { steps, onChange } = props;
	const list = useRef<HTMLOListElement>(null);
	const [drag, setDrag] = useState<{ from: number; over: number } | null>(null);
	const [said, setSaid] = useState("");
	const move = (from: number, to: number) => {
		if (to < 0 || to >= steps.length || from === to) return;
		onChange(moved(steps, from, to));
		setSaid(t("journey_moved", { name: steps[from]?.name ?? "", place: to + 1, all: steps.length }));
		requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>("li")[to]?.querySelector("input")?.focus());
	};
	const overAt = (y: number) => {
		const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
		const found = rows.findIndex((row) => y < row.top + row.height / 2);
		return found < 0 ? steps.length - 1 : found;
	};
	return (
		<>
			<ol className="journey" ref={list}>
				{steps.map((one, i) => (
					<li
						key={one.code}
						className={drag?.over === i && drag.from !== i ? "over" : undefined}
						onKeyDown={(event) => {
							if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
							event.preventDefault();
							move(i, event.key === "ArrowUp" ? i - 1 : i + 1);
						}}
					>
						<span
							className="grip"
							aria-hidden="true"
							onPointerDown={(event) => {
								event.currentTarget.setPointerCapture(event.pointerId);
								setDrag({ from: i, over: i });
							}}
							onPointerMove={(event) => drag && setDrag({ ...drag, over: overAt(event.clientY) })}
							onPointerUp={() => {
								if (drag) move(drag.from, drag.over);
								setDrag(null);
							}}
							onPointerCancel={() => setDrag(null)}
						>
							<IconGripVertical size={18} />
						</span>
						<TextInput
							className="name"
							aria-label={t("journey_name", { n: i + 1 })}
							maxLength={120}
							required
							value={one.name}
							onChange={(event) => {
								const name = event.currentTarget.value;
								onChange(steps.map((step, at) => (at === i ? { ...step, name } : step)));
							}}
						/>
						<ActionIcon
							variant="subtle"
							size="lg"
							disabled={i === 0}
							aria-label={t("journey_up", { name: one.name })}
							onClick={() => move(i, i - 1)}
						>
							<IconArrowUp size={18} aria-hidden="true" />
						</ActionIcon>
						<ActionIcon
							variant="subtle"
							size="lg"
							disabled={i === steps.length - 1}
							aria-label={t("journey_down", { name: one.name })}
							onClick={() => move(i, i + 1)}
						>
							<IconArrowDown size={18} aria-hidden="true" />
						</ActionIcon>
					</li>
				))}
			</ol>
			<p className="quiet" role="status">
				{said || t("journey_keys")}
			</p>
		</>
	);
}

function Journey({ kept, onSaved }: { kept: Step[]; onSaved: (steps: Touchpoint[]) => void }): ReactElement {
	const t = useWords("settings");
	const save = useSave();
	const [steps, setSteps] = useState<Step[]>(kept);
	const [fresh, setFresh] = useState("");
	const plain = (list: Step[]) => list.map(({ code, name }) => ({ code, name: name.trim() }));
	const changed = JSON.stringify(plain(steps)) !== JSON.stringify(plain(kept));
	const put = async (list: Step[]) => {
		const { touchpoints } = await setTouchpoints({ body: { touchpoints: plain(list) } });
		onSaved(touchpoints);
		setSteps(touchpoints);
	};
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		const before = kept;
		if (await save.run(() => put(steps))) undoable(t("saved"), () => put(before));
	};
	const add = () => {
		const name = fresh.trim();
		if (!name) return;
		setSteps([...steps, { code: codeOf(name, steps.map((one) => one.code)), name }]);
		setFresh("");
	};
	return (
		<form className="fields wide" onSubmit={(event) => void submit(event)}>
			<Steps steps={steps} onChange={setSteps} />
			<Group gap="sm" align="end" wrap="wrap">
				<TextInput
					label={t("journey_new")}
					maxLength={120}
					value={fresh}
					onChange={(event) => setFresh(event.currentTarget.value)}
					onKeyDown={(event) => {
						if (event.key !== "Enter") return;
						event.preventDefault();
						add();
					}}
				/>
				<Button variant="default" onClick={add} disabled={!fresh.trim()}>
					{t("journey_add")}
				</Button>
			</Group>
			{save.error !== undefined && <Failure error={save.error} />}
			<Group gap="sm">
				<Button type="submit" loading={save.busy} disabled={!changed}>
					{t("save")}
				</Button>
				{changed && (
					<Button variant="subtle" onClick={() => setSteps(kept)}>
						{t("cancel")}
					</Button>
				)}
			</Group>
		</form>
	);
}

export default function JourneyScreen(): ReactElement {
	const t = useWords("settings");
	const { value, error, reload, put } = useLoad((signal) => listTouchpoints({}, { signal }), []);
	return (
		<SettingsPage title={t("page_journey")} text={t("journey_intro")}>
			{error !== undefined && !value && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={6} />}
			{value && (
				<Part title={t("journey_steps")}>
					<Journey kept={value.touchpoints} onSaved={(touchpoints) => put({ touchpoints })} />
				</Part>
			)}
		</SettingsPage>
	);
}
