package io.deltaferry.localgcp.pubsub;

import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import java.util.function.Function;

/** {@code google.iam.v1.IAMPolicy} over gRPC; no generated service of it is in the build. */
final class PolicyService {
  private static final String SERVICE = "google.iam.v1.IAMPolicy";

  private final Policies policies;

  PolicyService(Policies policies) {
    this.policies = policies;
  }

  ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(
            method(
                "GetIamPolicy",
                GetIamPolicyRequest.getDefaultInstance(),
                Policy.getDefaultInstance()),
            answering(policies::get))
        .addMethod(
            method(
                "SetIamPolicy",
                SetIamPolicyRequest.getDefaultInstance(),
                Policy.getDefaultInstance()),
            answering(policies::set))
        .addMethod(
            method(
                "TestIamPermissions",
                TestIamPermissionsRequest.getDefaultInstance(),
                TestIamPermissionsResponse.getDefaultInstance()),
            answering(policies::test))
        .build();
  }

  private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(
      String name, Q request, A answer) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(answer))
        .build();
  }

  private static <Q, A> ServerCallHandler<Q, A> answering(Function<Q, A> work) {
    return ServerCalls.asyncUnaryCall(
        (request, client) -> UnaryAnswer.send(client, () -> work.apply(request)));
  }
}
