// SPDX-License-Identifier: MIT
// What a server says of a survey.
export interface Question {
	name: string;
	text: string;
	must: boolean;
	groups: boolean[];
	choices: [string, string][]; // none: a rating from 1 to 5
}

export interface Survey {
	n: string;
	v: number;
	lang: string;
	dir: string;
	colour: string;
	on: string;
	title: string;
	question: string;
	low: string;
	high: string;
	follow_up: string[];
	thanks: string[];
	buttons: ([string, string] | null)[];
	required: boolean;
	once: string;
	open: string;
	send: string;
	close: string;
	change: string;
	unsent: string;
	over: string;
	over_text: string;
	questions: Question[];
}
