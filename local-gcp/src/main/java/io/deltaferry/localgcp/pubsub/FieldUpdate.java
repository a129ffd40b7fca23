package io.deltaferry.localgcp.pubsub;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import java.util.Set;

/** Applies an update mask. */
final class FieldUpdate {
  private FieldUpdate() {}

  /** Copies the masked fields into {@code target}; a masked field that is not set is cleared. */
  static void apply(FieldMask mask, Set<String> mutable, Message source, Message.Builder target) {
    if (mask.getPathsCount() == 0) {
      throw Refusal.invalid("The update_mask in the request must be set and non-empty.");
    }
    for (String path : mask.getPathsList()) {
      if (!FieldMaskUtil.isValid(source.getClass(), path)) {
        throw Refusal.invalid("Invalid update_mask provided: no such field: " + path + ".");
      }
      if (!mutable.contains(path.split("\\.", 2)[0])) {
        throw Refusal.invalid(
            "Invalid update_mask provided in the request: the field " + path + " is not mutable.");
      }
    }
    FieldMaskUtil.MergeOptions options =
        new FieldMaskUtil.MergeOptions()
            .setReplaceMessageFields(true)
            .setReplaceRepeatedFields(true)
            .setReplacePrimitiveFields(true);
    FieldMaskUtil.merge(mask, source, target, options);
  }
}
