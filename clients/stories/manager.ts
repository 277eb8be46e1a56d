// The frame of Storybook: without addons, its panel would be empty.
import { addons } from "storybook/manager-api";

addons.setConfig({ showPanel: false });
