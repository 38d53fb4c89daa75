// web/dashboard/language.tsx - in which language, and by which habits, the dashboard speaks.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { createContext, type ReactElement, type ReactNode, startTransition, use, useEffect, useState } from "react";

/** The languages whose words are complete. */
export const languages = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof languages;

const key = "heed-language";
const isLanguage = (name: string | null | undefined): name is Language => !!name && name in languages;

function chosen(): Language | null {
	try {
		const kept = localStorage.getItem(key);
		return isLanguage(kept) ? kept : null;
	} catch {
		return null; // forbidden: the browser's own languages do
	}
}

/** The user's choice; else the first of the browser's languages that we speak; else English. */
export function firstLanguage(): Language {
	const wished = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]).find(isLanguage);
	return chosen() ?? wished ?? "en";
}

/** The user's own kind of the language, such as de-AT: it says how dates and numbers look. */
export function localeOf(language: Language): string {
	return navigator.languages.find((tag) => tag.toLowerCase().split("-")[0] === language) ?? language;
}

interface Spoken {
	language: Language;
	/** The user chooses, and this browser keeps it; null: as the browser itself. */
	speak: (language: Language | null) => void;
	/** The user's profile says so: a choice on this browser wins. */
	suggest: (language: string | null) => void;
}

const Context = createContext<Spoken>({ language: "en", speak: () => undefined, suggest: () => undefined });

export function Languages({ children }: { children: ReactNode }): ReactElement {
	const [language, setLanguage] = useState(firstLanguage);
	useEffect(() => {
		document.documentElement.lang = language;
	}, [language]);
	const speak = (next: Language | null) => {
		try {
			if (next) localStorage.setItem(key, next);
			else localStorage.removeItem(key);
		} catch {
			// It holds for this page then.
		}
		startTransition(() => setLanguage(next ?? firstLanguage()));
	};
	const suggest = (wished: string | null) => {
		if (isLanguage(wished) && chosen() === null) startTransition(() => setLanguage(wished));
	};
	return <Context value={{ language, speak, suggest }}>{children}</Context>;
}

export const useLanguage = (): Spoken => use(Context);
