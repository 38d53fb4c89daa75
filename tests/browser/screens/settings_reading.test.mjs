// tests/browser/screens/settings_reading.test.mjs - see tests/browser/screens.mjs.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { look } from "../screens.mjs";

look("settings_reading");
