// SPDX-License-Identifier: AGPL-3.0-or-later
import { look } from "../screens.mjs";

look("insight_compare");
