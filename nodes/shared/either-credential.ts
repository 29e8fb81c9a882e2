import type { INodeCredentialDescription, INodeProperties, NodeParameterValue } from 'n8n-workflow';

/** A credential, and the values of parameters under which the node needs it: all of them together. */
export interface CredentialUse {
	name: string;
	show: Record<string, NodeParameterValue[]>;
}

const YES = 'yes';

const flagOf = (name: string): string => `needs_${name}`;

/**
 * Declares credentials that a node needs for one thing or another. n8n takes one declaration of each, and shows it when
 * all of its conditions hold: it has no word for "or". A hidden parameter has: it may be declared once for each use, and is
 * among the node's parameters when one of them is shown. See `credentialFlags`.
 */
export function eitherCredential(uses: readonly CredentialUse[]): INodeCredentialDescription[] {
	const names = [...new Set(uses.map(({ name }) => name))];
	return names.map((name) => ({
		name,
		required: true,
		displayOptions: { show: { [flagOf(name)]: [YES] } },
	}));
}

/** The hidden parameters, to stand among those of the node. With them alone to decide, the editor shows the credentials on top. */
export const credentialFlags = (uses: readonly CredentialUse[]): INodeProperties[] =>
	uses.map(({ name, show }) => ({
		displayName: 'Needs the Credential',
		name: flagOf(name),
		type: 'hidden',
		default: YES,
		displayOptions: { show },
	}));
