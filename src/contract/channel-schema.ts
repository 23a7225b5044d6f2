import * as z from "zod/mini";
import { CHANNELS, MESSAGE_CHANNELS } from "./channel.ts";

/** Parses a channel that delivers its code in a message. */
export const messageChannelSchema = z.enum(MESSAGE_CHANNELS);

/** Parses any channel. */
export const channelSchema = z.enum(CHANNELS);
