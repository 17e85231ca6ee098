import { useQuery, useQueryClient } from "@tanstack/react-query";
import { get } from "../../api/client";
import { useCan } from "../../api/session";
import type {
  ApiKey,
  Category,
  Invitation,
  Items,
  Member,
  Operations,
  Region,
  SignInProvider,
  Store,
  Usage,
} from "../../api/types";

export const useMembers = () =>
  useQuery({ queryKey: ["users"], queryFn: ({ signal }) => get<Items<Member>>("/users", {}, signal) });

export const useInvitations = () =>
  useQuery({
    queryKey: ["invitations"],
    queryFn: ({ signal }) => get<Items<Invitation>>("/invitations", {}, signal),
  });

export const useKeys = () =>
  useQuery({ queryKey: ["api-keys"], queryFn: ({ signal }) => get<Items<ApiKey>>("/api-keys", {}, signal) });

export const useUsage = () =>
  useQuery({ queryKey: ["usage"], queryFn: ({ signal }) => get<Usage>("/usage", {}, signal) });

export const useOperations = () =>
  useQuery({
    queryKey: ["operations"],
    queryFn: ({ signal }) => get<Operations>("/operations", {}, signal),
    refetchInterval: 60_000,
  });

export const useSignInProvider = () =>
  useQuery({
    queryKey: ["sign-in-provider"],
    queryFn: ({ signal }) => get<SignInProvider>("/sign-in-provider", {}, signal),
  });

/** What a scope can be made of. */
export function usePlaces() {
  const can = useCan();
  const regions = useQuery({
    queryKey: ["regions"],
    queryFn: ({ signal }) => get<Items<Region>>("/regions", {}, signal),
  });
  const stores = useQuery({
    queryKey: ["stores"],
    queryFn: ({ signal }) => get<Items<Store>>("/stores", {}, signal),
  });
  const categories = useQuery({
    queryKey: ["categories"],
    queryFn: ({ signal }) => get<Items<Category>>("/categories", {}, signal),
    enabled: can("catalogue.view"),
  });
  return {
    regions: regions.data?.items ?? [],
    stores: stores.data?.items ?? [],
    categories: categories.data?.items ?? [],
  };
}

export function useChanged(...keys: string[]) {
  const client = useQueryClient();
  return () => Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
}
